package lull.console.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorsTest {

    private static final String TOKEN = "0123456789abcdef";

    @Test
    void findsTheOperatorOfAToken() {
        Operators operators = Operators.parse("Ana:" + TOKEN + ", Ben K.:" + TOKEN + ":x");

        assertThat(operators.withToken(TOKEN)).contains(new Operator("Ana"));
        assertThat(operators.withToken(TOKEN + ":x")).contains(new Operator("Ben K."));
        assertThat(operators.withToken(TOKEN + "y")).isEmpty();
        assertThat(operators.withToken("")).isEmpty();
        assertThat(operators).hasToString("Operators[2]");
    }

    @Test
    void isClosedWithoutOperators() {
        assertThat(Operators.parse("").isOpen()).isFalse();
        assertThat(Operators.parse("").withToken("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ana",
                ":0123456789abcdef",
                "Ana:short-secret",
                "A:0123456789abcdef,B:0123456789abcdef",
                "A:0123456789abcdef,A:0123456789abcdeg",
                "<b>:0123456789abcdef"
            })
    void refusesWhatIsNoOperatorWithoutQuotingTokens(String text) {
        assertThatThrownBy(() -> Operators.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must")
                .hasMessageNotContainingAny("0123", "secret");
    }
}
