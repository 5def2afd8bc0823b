package lull.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import lull.runtime.CannotStart;
import lull.runtime.http.WebhookSecrets;
import lull.runtime.settings.Settings;
import lull.runtime.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApplicationSettingsTest {

    private static final String FIRST_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String SECOND_SECRET = "whsec_YAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    @ParameterizedTest
    @CsvSource({"http, true", "lambda, true", "sqs, true", "assistant, true", "topic, false"})
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
                "destination.bot.mode     | talk      | must be answer or suggest",
                "destination.bot.newer    | drop      | must be follow or cancel",
                "destination.bot.format   | xml       | must be schema or json",
                "destination.bot.confidence | 1.1     | must be from 0 to 1",
                "destination.bot.confidence | high    | must be a number such as 0.6",
                "destination.bot.price.input | -1     | must be a number such as 0.6",
                "destination.bot.links    | https://a.example | must be names of hosts",
                "destination.bot.actions  | refund now | must be words of letters",
                "destination.bot.region   | US-EAST-1 | an AWS Region",
                "destination.bot.secrets  | whsec_c2hvcnQ= | must be secrets of 24 to 64 bytes",
                "destination.bot.secrets  | whsec_???      | must be whsec_ and bytes in base64"
            })
    void saysWhatIsWrong(String setting, String value, String words) {
        assertThatThrownBy(() -> settings(Map.of("destinations", "bot", setting, value)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(words);
    }

    @Test
    void saysThatADestinationIsNotListed() {
        assertThatThrownBy(() -> settings(Map.of("destinations", "bot", "destination.desk.url", "https://a.example")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(
                        "destination.desk.url is a setting of the destination desk, which is not listed: add"
                                + " desk to destinations");
    }

    @Test
    void aWrongSecretIsNotInTheMessage() {
        assertThatThrownBy(() -> settings(Map.of("destinations", "bot", "destination.bot.secrets", "whsec_c2hvcnQ=")))
                .isInstanceOf(CannotStart.class)
                .message()
                .doesNotContain("c2hvcnQ");
    }

    @Test
    void secretsInAFileAreReplacedWithoutARestart(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("secrets");
        Files.writeString(file, FIRST_SECRET + "\n");
        Supplier<WebhookSecrets> secrets = new SettingsLoader(
                        ApplicationSettings.all(List.of("bot")), List.of(), Set.of())
                .load(Map.of("LULL_DESTINATION_BOT_SECRETS_FILE", file.toString()), Map.of("destinations", "bot"))
                .live(ApplicationSettings.secrets("bot"));
        String first = signature(secrets.get());

        Files.writeString(file, FIRST_SECRET + "," + SECOND_SECRET + "\n");
        await().until(() -> signature(secrets.get()).startsWith(first + " "));
        Files.writeString(file, SECOND_SECRET + "\n");
        await().until(() -> !signature(secrets.get()).contains(first));
    }

    private static String signature(WebhookSecrets secrets) {
        return secrets.sign("turn_1", Instant.EPOCH, new byte[0]);
    }

    private static Settings settings(Map<String, String> file) {
        List<String> destinations = List.of("bot");
        return new SettingsLoader(ApplicationSettings.all(destinations), List.of(), Set.of()).load(Map.of(), file);
    }
}
