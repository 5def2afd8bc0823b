package lull.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsLoaderTest {

    private static final Setting<Integer> PORT = Setting.number("ingress.port", 8080, 0, 65535, "A port");
    private static final Setting<Duration> GAP =
            Setting.duration("turn.gap", "5s", Duration.ZERO, Duration.ofMinutes(10), "A gap");
    private static final Setting<String> TOKEN =
            Setting.text("access.token", "", "A token").secret();
    private static final Setting<String> NEEDED = Setting.required("instance.id", "An instance");

    private static final Map<String, String> GIVEN = Map.of("instance.id", "i-1");

    private final SettingsLoader loader = new SettingsLoader(List.of(PORT, GAP, TOKEN, NEEDED));

    @TempDir
    private Path directory;

    @Test
    void takesTheEnvironmentOverTheFileOverTheDefault() throws IOException {
        Path file = directory.resolve("lull.properties");
        Files.writeString(file, "ingress.port=1\nturn.gap=8s\ninstance.id=i-1\n");

        Settings settings = loader.load(Map.of("LULL_INGRESS_PORT", "2"), file);

        assertThat(settings.get(PORT)).isEqualTo(2);
        assertThat(settings.get(GAP)).isEqualTo(Duration.ofSeconds(8));
        assertThat(settings.get(TOKEN)).isEmpty();
    }

    @Test
    void readsASecretFromTheFileThatTheEnvironmentNamesAndHidesIt() throws IOException {
        Path file = directory.resolve("token");
        Files.writeString(file, "s3cret\n");

        Settings settings = loader.load(Map.of("LULL_ACCESS_TOKEN_FILE", file.toString()), GIVEN);

        assertThat(settings.get(TOKEN)).isEqualTo("s3cret");
        assertThat(settings.effective()).containsEntry("access.token", "***").containsEntry("turn.gap", "5s");
    }

    @Test
    void readsAFileAgainOnceASecondAndKeepsWhatItCannotReplace() throws IOException {
        Path file = directory.resolve("token");
        Files.writeString(file, "first\n");
        Setting<Duration> gap = GAP.secret();
        AtomicLong now = new AtomicLong();
        LiveSetting<String> token = new LiveSetting<>(TOKEN, file, "first", now::get);

        Files.writeString(file, "second\n");
        assertThat(token.get()).isEqualTo("first");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(token.get()).isEqualTo("second");

        Files.writeString(file, "");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(token.get()).isEqualTo("second");

        Files.delete(file);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(token.get()).isEqualTo("second");

        Files.writeString(file, "no duration");
        LiveSetting<Duration> wrong = new LiveSetting<>(gap, file, Duration.ofSeconds(3), now::get);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(wrong.get()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void onlyWhatAFileHoldsChangesWhileTheProcessRuns() throws IOException {
        Path file = directory.resolve("token");
        Files.writeString(file, "first\n");

        Settings settings = loader.load(Map.of("LULL_ACCESS_TOKEN_FILE", file.toString()), GIVEN);

        assertThat(settings.live(TOKEN)).isInstanceOf(LiveSetting.class);
        assertThat(settings.live(TOKEN).get()).isEqualTo("first");
        assertThat(settings.live(NEEDED).get()).isEqualTo("i-1");
    }

    @Test
    void passesWhatIsSaidForKafkaToItsClientsAndHidesItsSecrets() {
        Settings settings = loader.load(
                Map.of(
                        "KAFKA_SECURITY_PROTOCOL",
                        "SASL_SSL",
                        "KAFKA_SASL_JAAS_CONFIG",
                        "password",
                        "KAFKA_HEAP_OPTS",
                        "-Xmx1g"),
                Map.of("instance.id", "i-1", "kafka.bootstrap.servers", "b:9098"));

        assertThat(settings.kafka())
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.jaas.config", "password"),
                        Map.entry("bootstrap.servers", "b:9098"));
        assertThat(settings.effective()).containsEntry("kafka.sasl.jaas.config", "***");
    }

    @Test
    void tellsEveryProblemAtOnceAndNoSecret() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> loader.load(
                        Map.of(
                                "LULL_INGRES_PORT", "1",
                                "LULL_INGRESS_PORT", "70000",
                                "LULL_TURN_GAP", "soon",
                                "LULL_ACCESS_TOKEN", "s3cret",
                                "LULL_ACCESS_TOKEN_FILE", "nowhere",
                                "KAFKA_ACKS", "1"),
                        Map.of("turn.gab", "5s")))
                .withMessageContaining("no setting LULL_INGRES_PORT")
                .withMessageContaining("no setting turn.gab")
                .withMessageContaining("ingress.port (LULL_INGRESS_PORT) must be from 0 to 65535")
                .withMessageContaining("turn.gap (LULL_TURN_GAP) must be a span of time such as 250ms, 5s")
                .withMessageContaining("Give LULL_ACCESS_TOKEN or LULL_ACCESS_TOKEN_FILE, not both")
                .withMessageContaining("instance.id (LULL_INSTANCE_ID) is needed and has no default")
                .withMessageContaining("Kafka's acks cannot be set")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void saysSomethingForOneInputTopicAlone() {
        Setting<Optional<Duration>> ofSupport = GAP.forTopic("support");
        Settings settings =
                new SettingsLoader(List.of(GAP, ofSupport)).load(Map.of("LULL_TURN_GAP_SUPPORT", "8s"), Map.of());

        assertThat(settings.get(GAP.forTopic("support"))).contains(Duration.ofSeconds(8));
        assertThat(settings.get(GAP)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void namesAFileThatCannotBeRead() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> loader.load(Map.of(), directory.resolve("missing.properties")))
                .withMessageContaining("missing.properties");
    }
}
