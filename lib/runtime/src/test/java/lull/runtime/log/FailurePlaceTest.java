package lull.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

final class FailurePlaceTest {

    @Test
    void namesTheClassAndThePlaceOfEachCauseAndNoMessage() {
        Throwable rejected = ThrowableAssert.catchThrowable(() ->
                HttpRequest.newBuilder(URI.create("http://localhost")).header("Authorization", "Bearer a\nSECRET"));
        assertThat(rejected).hasMessageContaining("SECRET");

        assertThat(FailurePlace.withCauses(new IllegalStateException("of SECRET", rejected)))
                .matches("IllegalStateException at lull[.]runtime[.]log[.]FailurePlaceTest[.]\\w+:\\d+, caused by"
                        + " IllegalArgumentException at lull[.]runtime[.]log[.]FailurePlaceTest[.][\\w$]+:\\d+");
    }

    @Test
    void endsWhereCausesGoRound() {
        IllegalStateException first = new IllegalStateException("a");
        first.initCause(new IllegalStateException("b", first));

        assertThat(FailurePlace.withCauses(first)).hasSizeLessThan(2_000);
    }
}
