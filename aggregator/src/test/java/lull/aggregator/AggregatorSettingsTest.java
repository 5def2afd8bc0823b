package lull.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.aggregator.stream.StreamSettings;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnSettings;
import lull.runtime.CannotStart;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ProcessSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AggregatorSettingsTest {

    private static final String SALES = "sales.received";
    private static final String SUPPORT = "support.received";
    private static final String NUMBER = "106540352242922";

    @Test
    void whatIsSaidForANumberGoesOverWhatIsSaidForATopicAndThatOverTheRest() {
        Settings settings = settings(Map.of("turn.gap", "5s", "turn.gap." + SALES, "8s", "turn.gap." + NUMBER, "0ms"));

        InputPolicy sales = TurnSettings.policy(settings, SALES);

        assertThat(TurnSettings.policy(settings, SUPPORT).of("1").gap()).isEqualTo(Duration.ofSeconds(5));
        assertThat(sales.of("1").gap()).isEqualTo(Duration.ofSeconds(8));
        assertThat(sales.of(NUMBER).gap()).isZero();
    }

    @Test
    void whatIsConfiguredForANumberIsItsOwnAlsoIfItIsTheSame() {
        Settings settings = settings(Map.of("turn.gap", "5s", "turn.gap." + NUMBER, "5s"));
        InputPolicy ownGap = TurnSettings.policy(settings, SALES);
        InputPolicy ownRule = TurnSettings.policy(settings(Map.of("turn.gap.policy." + NUMBER, "fixed")), SALES);
        InputPolicy ownFloor = TurnSettings.policy(settings(Map.of("turn.gap.floor." + NUMBER, "1s")), SALES);

        assertThat(ownGap.ownGaps()).containsExactly(NUMBER);
        assertThat(ownGap.ownRules()).isEmpty();
        assertThat(ownRule.ownRules()).containsExactly(NUMBER);
        assertThat(ownRule.ownGaps()).isEmpty();
        assertThat(ownFloor.ownRules()).containsExactly(NUMBER);
    }

    @Test
    void urgentWordsComeFromTheSettingAndFromListsOfLanguagesAndFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("urgent.txt"), "# ours\n\n gas leak \nFEUER\n");
        Settings settings = settings(Map.of(
                "turn.urgent.words",
                "lang:de, help",
                "turn.urgent.words." + SALES,
                "file:" + file,
                "turn.urgent.words." + NUMBER,
                "refund"));

        assertThat(words(settings, SUPPORT, "1")).contains("DRINGEND", "HELP").doesNotContain("URGENTE", "LANG:DE");
        assertThat(words(settings, SALES, "1")).containsExactlyInAnyOrder("GAS LEAK", "FEUER");
        assertThat(words(settings, SALES, NUMBER)).containsExactly("REFUND");
        assertThat(words(settings(Map.of()), SALES, "1")).isEmpty();
    }

    private static Set<String> words(Settings settings, String topic, String number) {
        return TurnSettings.policy(settings, topic).of(number).urgentWords();
    }

    @ParameterizedTest
    @CsvSource({"/proc/x, cannot be used", "/etc/passwd, 'it is a file, not a directory'", "/dev/null/x, cannot be used"
    })
    void aDirectoryForStateThatCannotBeUsedIsOneSentence(String directory, String words) {
        assertThatThrownBy(() -> StreamSettings.requireStateDirectory(settings(Map.of("streams.state.dir", directory))))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("streams.state.dir: The directory " + directory + " cannot be used: ")
                .hasMessageContaining(words)
                .hasMessageNotContaining("Exception");
    }

    @Test
    void refusesAGapThatNoTickCouldKeep() {
        Settings settings = settings(Map.of("turn.gap." + SALES, "99ms"));

        assertThatThrownBy(() -> TurnSettings.policy(settings, SALES))
                .isInstanceOf(CannotStart.class)
                .hasMessage("turn.gap (99ms) must be at least 100ms, or 0ms, for a topic or number");
    }

    @Test
    void refusesAGapThatIsLongerThanATurnMayLast() {
        Settings settings = settings(Map.of("turn.gap", "31s"));

        assertThatThrownBy(() -> TurnSettings.policy(settings, SALES))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("turn.gap (31s) must not be more than turn.max.duration (30s)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"turn.settle", "turn.settle." + SALES})
    void refusesToSettleForLessThanTheIngressNeedsToConnectAgain(String name) {
        assertThat(TopicSettings.INPUT_RECONNECT_BACK_OFF).isEqualTo(Duration.ofMillis(500));
        assertThatThrownBy(() -> settings(Map.of(name, "1499ms")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(name)
                .hasMessageContaining("must be from 1500ms to 1m: with less than twice the reconnect back-off of the"
                        + " ingress's producer (500ms) plus 500ms");
        assertThat(TurnSettings.policy(settings(Map.of(name, "1500ms")), SALES).hole())
                .isEqualTo(InputPolicy.HolePolicy.DEFAULT);
    }

    @Test
    void refusesToMixTurnsIntoAnInputTopic() {
        Settings settings = settings(Map.of("turn.output." + SALES, SUPPORT));

        assertThatThrownBy(() -> StreamSettings.options(settings, SALES))
                .isInstanceOf(CannotStart.class)
                .hasMessage("turn.output of sales.received is support.received, which is an input topic: turns must go"
                        + " to a topic of their own");
    }

    @Test
    void turnsOfADestinationHaveATopicThatNothingElseHas() {
        assertThat(StreamSettings.outputs(settings(Map.of("turn.output." + SALES, "sales.turn.closed"))))
                .containsExactly("sales.turn.closed", "whatsapp.turn.closed", "bot.turn.closed");
        assertThat(StreamSettings.options(settings(Map.of()), SALES).destinations())
                .containsExactly(Map.entry("bot", "bot.turn.closed"));
        assertThatThrownBy(() ->
                        StreamSettings.options(settings(Map.of("turn.output." + SALES, "bot.turn.closed")), SALES))
                .isInstanceOf(CannotStart.class)
                .hasMessage(
                        "destination.bot.topic is bot.turn.closed, to which turn.output of sales.received sends turns"
                                + " for Amazon Connect: give the destination a topic of its own");
    }

    private static Settings settings(Map<String, String> said) {
        List<Setting<?>> known = new ArrayList<>(ProcessSettings.ALL);
        known.addAll(AggregatorSettings.all(List.of(SALES, SUPPORT), List.of(NUMBER), List.of("bot")));
        Map<String, String> all = new HashMap<>();
        all.put("destinations", "bot");
        all.put("destination.bot.topic", "bot.turn.closed");
        all.putAll(said);
        all.put("topics.inputs", SALES + "," + SUPPORT);
        all.put("turn.numbers", NUMBER);
        return Settings.of(known, all);
    }
}
