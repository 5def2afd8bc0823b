package lull.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.console.pages.SettingsPage.ChangeRow;
import lull.console.pages.SettingsPage.GapRow;
import lull.console.pages.SettingsPage.TopicRows;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GapHistoryTest {

    private static final String ADAPTIVE = "adaptive, lambda 66, floor 2s, cap twice the gap";

    private static final List<TopicRows> TOPICS = List.of(
            new TopicRows("in", List.of(new GapRow("in", "", "5s", List.of("9s"), "fixed", List.of("adaptive"))), 0));

    private final List<Map<String, @Nullable Object>> changes = new ArrayList<>();

    @Test
    void oneClickHasOneUndoThatRestoresTheGapAndThePolicy() {
        changed("3", "turn.gap", "9s");
        changed("3", "turn.gap.policy", "fixed");
        changed("2", "turn.gap", "7s");
        changed("2", "turn.gap.policy", ADAPTIVE);

        assertThat(rows(true))
                .extracting(ChangeRow::undoLabel)
                .containsExactly("7s, adaptive, lambda 66, floor 2s", "", "", "");
        assertThat(rows(true).getFirst().undo())
                .isEqualTo(Map.of("gap", "7s", "policy", "adaptive", "lambda", "66", "floor", "2s"));
    }

    @Test
    void whatTheClickDidNotChangeStaysAsItIs() {
        changed("3", "turn.gap", "9s");
        changed("2", "turn.gap.policy", ADAPTIVE);
        changed("1", "turn.gap", "7s");

        assertThat(undo()).isEqualTo(Map.of("gap", "7s"));

        changes.removeFirst();
        assertThat(undo()).isEqualTo(Map.of("policy", "fixed"));
    }

    @Test
    void theUndoOfTheFirstChangeGoesBackToTheConfiguration() {
        changed("1", "turn.gap", "9s");
        changed("1", "turn.gap.policy", ADAPTIVE);

        assertThat(rows(true).getFirst().undoLabel()).isEqualTo("the configuration");
        assertThat(undo()).isEqualTo(Map.of("reset", "true"));
        assertThat(rows(false))
                .as("earlier changes are unknown")
                .allSatisfy(row -> assertThat(row.undo()).isEmpty());
    }

    @Test
    void aChangeAfterAResetGoesBackToTheConfiguredValueOfWhatItChanged() {
        changed("4", "turn.gap", "9s");
        changed("3", "turn.gap.policy", ADAPTIVE);
        changed("2", "turn.gap", null);
        changed("2", "turn.gap.policy", null);
        changed("1", "turn.gap", "7s");

        assertThat(undo()).isEqualTo(Map.of("gap", "5s"));
    }

    @Test
    void aResetCanBeUndone() {
        changed("2", "turn.gap", null);
        changed("2", "turn.gap.policy", null);
        changed("1", "turn.gap", "7s");

        assertThat(undo()).isEqualTo(Map.of("gap", "7s", "policy", "fixed"));
    }

    @Test
    void eachNumberHasItsOwnUndoAndOtherSettingsHaveNone() {
        changed("3", "turn.routes", "bot");
        changed("2", "turn.gap", "9s");
        changed("1", "turn.gap", "8s");
        changes.get(2).put("businessNumber", "106540352242922");

        assertThat(rows(true))
                .extracting(ChangeRow::undo)
                .containsExactly(Map.of(), Map.of("reset", "true"), Map.of("reset", "true"));
    }

    private Map<String, String> undo() {
        return rows(true).getFirst().undo();
    }

    private List<ChangeRow> rows(boolean isWhole) {
        return new GapHistory(changes, TOPICS, isWhole).rows();
    }

    private void changed(String at, String setting, @Nullable String value) {
        Map<String, @Nullable Object> item =
                new HashMap<>(Map.of("topic", "in", "setting", setting, "by", "ana", "at", at));
        item.put("value", value);
        changes.add(item);
    }
}
