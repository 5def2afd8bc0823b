package lull.applications.assistant;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.applications.ApplicationSettings;
import lull.runtime.CannotStart;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.settings.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Settings with which an assistant does not start, because it could never do what they say.
final class AssistantStartTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key          |        | https://api.openai.com/v1 | destination.helper.key is missing",
                "cost.per.day | 5      | https://models.example/v1 | destination.helper.cost.per.day is never reached",
                "history      | 0      | https://models.example/v1 | destination.helper.history must be at least 1"
            })
    void isToldInOneSentence(String setting, String value, URI url, String words) {
        Map<String, String> given = new HashMap<>(Map.of(
                "destinations",
                "helper",
                "destination.helper.kind",
                "assistant",
                "destination.helper.prompt.text",
                "You work for a shop.",
                "destination.helper.newer",
                "cancel"));
        if (value != null) {
            given.put("destination.helper." + setting, value);
        }
        Settings settings = Settings.of(ApplicationSettings.all(List.of("helper")), given);
        try (BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(1))) {
            AssistantSettings.Connection connection = new AssistantSettings.Connection(
                    url, Duration.ofSeconds(1), 1_000, client, Optional.empty(), Optional.empty());
            AssistantMetrics metrics = new AssistantMetrics(new SimpleMeterRegistry(), "helper");

            assertThatThrownBy(() -> AssistantSettings.assistant(
                            settings, "helper", connection, InstantSource.system(), metrics))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(words);
        }
    }
}
