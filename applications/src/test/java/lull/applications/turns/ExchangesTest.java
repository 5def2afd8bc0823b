package lull.applications.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lull.contract.application.Exchange;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExchangesTest {

    @Test
    void isTheTextOfTheTurn() {
        assertThat(Exchanges.of(TestTurns.text(1, "echo", "Hello\nyou?"), List.of(), Map.of()))
                .isEqualTo(new Exchange("Hello\nyou?", List.of()));
    }

    @Test
    void hasWhatIsSaidInVoiceNotes() {
        var note = Json.object();
        note.put("type", "audio").putObject("audio").put("id", "m1").put("voice", true);
        Turn text = TestTurns.text(1, "echo", "Listen");
        Turn turn = TestTurns.turn(
                1,
                "echo",
                text.items().getFirst(),
                new TurnItem(
                        ContentKind.AUDIO,
                        null,
                        List.of(new TurnMessage("wamid.2", text.firstReceivedAt(), text.customer(), note))));

        assertThat(Exchanges.of(turn, List.of(), Map.of("m1", "It rains")).customer())
                .isEqualTo("Listen\n[audio] It rains");
        assertThat(Exchanges.of(turn, List.of(), Map.of("m2", "It rains")).customer())
                .isEqualTo("Listen\n[audio]");
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
