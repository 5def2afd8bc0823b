package lull.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.runtime.CannotStart;
import lull.runtime.settings.Settings;
import lull.runtime.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApplicationSettingsTest {

    @ParameterizedTest
    @CsvSource({"http, true", "lambda, true", "sqs, true", "topic, false"})
    void theServiceIsNeededForEachKindButTopics(String kind, boolean isNeeded) {
        assertThat(ApplicationsService.isNeeded(settings(Map.of("destinations", "bot", "destination.bot.kind", kind))))
                .isEqualTo(isNeeded);
    }

    @Test
    void theServiceIsNotNeededWithoutDestinations() {
        assertThat(ApplicationsService.isNeeded(settings(Map.of()))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "destination.bot.kind     | fax       | http",
                "destination.bot.refused  | nowhere   | must be connect or dead_letter",
                "destination.bot.url      | bot       | destination.bot.url",
                "destination.bot.parallel | 0         | from 1 to 1000",
                "destination.bot.timeout  | 1h        | 15m",
                "destination.bot.queue    | turns     | the address of an SQS queue",
                "destination.bot.region   | US-EAST-1 | an AWS Region"
            })
    void saysWhatIsWrong(String setting, String value, String words) {
        assertThatThrownBy(() -> settings(Map.of("destinations", "bot", setting, value)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(words);
    }

    private static Settings settings(Map<String, String> file) {
        List<String> destinations = List.of("bot");
        return new SettingsLoader(ApplicationSettings.all(destinations), List.of(), Set.of()).load(Map.of(), file);
    }
}
