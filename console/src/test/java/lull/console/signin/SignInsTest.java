package lull.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class SignInsTest {

    private static final Operator ANA = new Operator("Ana");

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final InstantSource clock = () -> now;
    private final SignIns signIns = new SignIns(new SignIns.Limits(Duration.ofMinutes(30), Duration.ofHours(2)), clock);

    @Test
    void endsAfterATimeWithoutARequest() {
        String id = signIns.begin(ANA);
        pass(Duration.ofMinutes(29));
        assertThat(signIns.of(id)).isPresent();
        pass(Duration.ofMinutes(29));
        assertThat(signIns.of(id)).isPresent();
        pass(Duration.ofMinutes(30));

        assertThat(signIns.of(id)).isEmpty();
    }

    @Test
    void isNotProlongedByAPageThatUpdatesItself() {
        String id = signIns.begin(ANA);
        pass(Duration.ofMinutes(29));
        assertThat(signIns.glance(id)).isPresent();
        pass(Duration.ofMinutes(1));

        assertThat(signIns.of(id)).isEmpty();
    }

    @Test
    void endsAfterTheLongestTimeInAnyCase() {
        String id = signIns.begin(ANA);
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofMinutes(20));
            assertThat(signIns.of(id)).isPresent();
        }
        pass(Duration.ofMinutes(20));

        assertThat(signIns.of(id)).isEmpty();
    }

    @Test
    void hasAnotherIdAndFormTokenForEach() {
        String one = signIns.begin(ANA);
        String other = signIns.begin(ANA);

        assertThat(one).isNotEqualTo(other).hasSize(43);
        SignIn first = signIns.of(one).orElseThrow();
        assertThat(first.admits(signIns.of(other).orElseThrow().formToken())).isFalse();
        assertThat(first.admits(first.formToken())).isTrue();
        assertThat(first.admits(null)).isFalse();
        signIns.end(one);
        assertThat(signIns.of(one)).isEmpty();
        assertThat(signIns.of(other)).isPresent();
    }

    @Test
    void showsTextsForSomeMinutesAndOnlyThoseThatWereAskedFor() {
        SignIn signIn = signIns.of(signIns.begin(ANA)).orElseThrow();
        signIn.reveal("1|2", now);

        assertThat(signIn.isRevealed("1|2", now)).isTrue();
        assertThat(signIn.isRevealed("1|3", now)).isFalse();
        pass(Duration.ofMinutes(10));
        assertThat(signIn.isRevealed("1|2", now)).isFalse();
    }

    @Test
    void limitsFailedAttemptsOfAnAddressForAMinute() {
        AttemptLimit limit = new AttemptLimit(clock);
        for (int i = 0; i < 10; i++) {
            assertThat(limit.admits("a")).isTrue();
            limit.failed("a");
        }

        assertThat(limit.admits("a")).isFalse();
        assertThat(limit.admits("b")).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(limit.admits("a")).isTrue();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
