package lull.applications.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lull.contract.application.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExchangesTest {

    @Test
    void isTheTextOfTheTurn() {
        assertThat(Exchanges.of(TestTurns.text(1, "echo", "Hello\nyou?"), List.of()))
                .isEqualTo(new Exchange("Hello\nyou?", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "👋"})
    void leavesWhatIsShort(String text) {
        assertThat(Exchanges.shortened(text.repeat(Exchanges.MOST_CHARACTERS)))
                .isEqualTo(text.repeat(Exchanges.MOST_CHARACTERS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "👋"})
    void cutsWhatIsLongBetweenCharacters(String text) {
        assertThat(Exchanges.shortened(text.repeat(Exchanges.MOST_CHARACTERS + 1)))
                .isEqualTo(text.repeat(Exchanges.MOST_CHARACTERS - 2) + " …");
    }
}
