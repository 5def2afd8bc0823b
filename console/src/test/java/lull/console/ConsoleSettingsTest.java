package lull.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lull.runtime.settings.Settings;
import lull.runtime.settings.SettingsLoader;
import org.junit.jupiter.api.Test;

final class ConsoleSettingsTest {

    /// A token is replaced by putting the new one before the old one, in a file that both processes read.
    @Test
    void ofSeveralTokensTheFirstOneIsUsed() {
        Settings settings = settings(Map.of(
                "console.aggregator.url", "http://localhost:8082",
                "console.aggregator.token", "new, old",
                "console.archive.url", "http://localhost:8084",
                "console.archive.token", "only"));

        assertThat(ConsoleSettings.aggregator(settings).token()).contains("new");
        assertThat(ConsoleSettings.archive(settings).token()).contains("only");
    }

    @Test
    void anEmptyTokenIsNone() {
        assertThat(ConsoleSettings.archive(settings(Map.of("console.archive.token", "")))
                        .token())
                .isEmpty();
    }

    private static Settings settings(Map<String, String> file) {
        return new SettingsLoader(ConsoleSettings.ALL).load(Map.of(), file);
    }
}
