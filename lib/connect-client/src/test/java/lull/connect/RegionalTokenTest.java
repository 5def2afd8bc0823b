package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegionalTokenTest {

    @ParameterizedTest
    @CsvSource({
        "eyJhbGciOi.abc-_=, us-east-1, eyJhbGciOi.abc-_=",
        "eu-central-1|eyJhbGciOi.abc-_=, eu-central-1, eyJhbGciOi.abc-_=",
        "eu-central-1|a|b, eu-central-1, a|b",
        "us-gov-west-1|, us-gov-west-1, ''"
    })
    void readsWhatItWrites(String text, String region, String token) {
        RegionalToken read = RegionalToken.of(text, "us-east-1");

        assertThat(read).isEqualTo(new RegionalToken(region, token));
        assertThat(read.text("us-east-1")).isEqualTo(text);
    }

    @Test
    void showsNoToken() {
        assertThat(new RegionalToken("eu-central-1", "secret")).hasToString("RegionalToken[eu-central-1]");
    }
}
