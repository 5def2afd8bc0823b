package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerTokensTest {

    @Test
    void anyOfTheTokensIsAccepted() {
        BearerTokens tokens = new BearerTokens(List.of("old", "EAAG~x/y+z=="));

        assertThat(tokens.admits("Bearer old")).isTrue();
        assertThat(tokens.admits("bearer EAAG~x/y+z==")).isTrue();
        assertThat(tokens.admits("Bearer new")).isFalse();
        assertThat(tokens.admits(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\r", "a b", "a\u0001", "\u00e9", "\u043a\u043b\u044e\u0447", "a\u007f"})
    void aTokenThatNoHeaderCanHaveIsRejectedWithoutBeingQuoted(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BearerTokens(List.of(token)))
                .withMessage("A token has characters that a header cannot have");
    }
}
