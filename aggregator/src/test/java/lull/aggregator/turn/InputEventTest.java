package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import lull.contract.ConversationKey;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.GapSetting;
import org.junit.jupiter.api.Test;

final class InputEventTest {

    @Test
    void readsWhatEachKindIs() throws UnreadableJson {
        assertThat(arrival("{\"kind\":\"tick\"}")).isEqualTo(new InputEvent.Ticked(true));
        assertThat(arrival("{\"kind\":\"tick\",\"probe\":true}")).isEqualTo(new InputEvent.Ticked(false));
        assertThat(arrival("{\"gap\":\"PT8S\",\"kind\":\"setting\",\"new\":{\"kind\":1}}"))
                .isEqualTo(new InputEvent.GapChanged(new GapSetting(Duration.ofSeconds(8), null)));
        assertThat(arrival("{\"kind\":\"answer\",\"conversation\":\"1|5\",\"sentAt\":\"2026-03-02T09:15:57Z\"}"))
                .isEqualTo(new InputEvent.Answered(
                        new Answer(new ConversationKey("1", "5"), Instant.parse("2026-03-02T09:15:57Z"))));
    }

    @Test
    void refusesARecordThatSaysToBeTwoThings() {
        assertThatThrownBy(() -> arrival("{\"kind\":\"tick\",\"kind\":\"message\",\"id\":\"wamid.1\"}"))
                .isInstanceOf(UnreadableJson.class)
                .hasMessage("a record of 2 kinds");
    }

    private static InputEvent arrival(String json) throws UnreadableJson {
        return InputEvent.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
