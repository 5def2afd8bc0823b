package lull.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import lull.runtime.CannotStart;
import lull.runtime.log.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void listsWhatDiffersFromTheDefaultsAloneAndHidesSecrets() {
        Settings settings = loader.load(
                Map.of(
                        "LULL_ACCESS_TOKEN",
                        "s3cret",
                        "KAFKA_SASL_JAAS_CONFIG",
                        "x.Login required password=\"password\";",
                        "LULL_INGRESS_PORT",
                        "8080"),
                Map.of("instance.id", "i-1", "turn.gap", "8s", "kafka.client.rack", "a"));

        assertThat(settings.changed())
                .containsExactly(
                        Map.entry("access.token", "***"),
                        Map.entry("instance.id", "i-1"),
                        Map.entry("kafka.client.rack", "a"),
                        Map.entry("kafka.sasl.jaas.config", "***"),
                        Map.entry("turn.gap", "8s"));
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
    void eachNewTroubleOfAFileIsLoggedOnceAndAnEmptyFileWhenItStaysEmpty() throws IOException {
        Path file = directory.resolve("trouble");
        AtomicLong now = new AtomicLong();
        LiveSetting<String> token = new LiveSetting<>(Formats.TOKEN.of(TOKEN), file, "first", now::get);
        try (CapturedLog log = new CapturedLog(LiveSetting.class)) {
            for (String text : List.of("", "", "", "two words", "two words", "", "", "third", "", "fourth", "", "")) {
                Files.writeString(file, text);
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                token.get();
            }
            assertThat(log.events())
                    .extracting(event -> event.getKeyValuePairs().get(1).value)
                    .containsExactly(
                            "it is empty",
                            "its text must be one line of visible ASCII characters without blanks",
                            "it is empty",
                            "it is empty");
        }
        assertThat(token.get()).isEqualTo("fourth");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first\nsecond",
                "first\r\nsecond",
                "first\u0001x",
                "first\tx",
                "first second",
                "f\u00fcrst",
                "x\u007f"
            })
    void theLastGoodTokenStaysInUseWhileItsFileHoldsNoToken(String text) throws IOException {
        Path file = directory.resolve("token");
        Setting<String> setting = Formats.TOKEN.of(TOKEN);
        AtomicLong now = new AtomicLong();
        LiveSetting<String> token = new LiveSetting<>(setting, file, "first", now::get);

        Files.writeString(file, text);
        List<ILoggingEvent> logged = new ArrayList<>();
        try (CapturedLog log = new CapturedLog(LiveSetting.class)) {
            for (int i = 0; i < 3; i++) {
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                assertThat(token.get()).isEqualTo("first");
            }
            logged.addAll(log.events());
        }
        assertThat(logged)
                .singleElement()
                .satisfies(event -> assertThat(event.getKeyValuePairs())
                        .extracting(pair -> pair.key + "=" + pair.value)
                        .containsExactly(
                                "setting=access.token",
                                "error=its text must be one line of visible ASCII characters without blanks"));

        Files.writeString(file, "third\n");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(token.get()).isEqualTo("third");
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
                        "x.Login required password=\"password\";",
                        "KAFKA_HEAP_OPTS",
                        "-Xmx1g"),
                Map.of("instance.id", "i-1", "kafka.bootstrap.servers", "b:9098"));

        assertThat(settings.kafka())
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.jaas.config", "x.Login required password=\"password\";"),
                        Map.entry("bootstrap.servers", "b:9098"));
        assertThat(settings.effective()).containsEntry("kafka.sasl.jaas.config", "***");
    }

    @ParameterizedTest
    @CsvSource({
        "http://u:hunter2@x/, http://***@x/",
        "https://hunter2@x/path?a=b, https://***@x/path?a=b",
        "'https://a:hunter2@x,https://b:hunter2@y/', https://***@y/",
        "'https://u:hunter2,x@host/x', https://***@host/x",
        "http://us:hunter2/q@localhost:1/, http://***@localhost:1/",
        "http://u:p@hunter2@x/, http://***@x/",
        "//u:hunter2@x, //***@x",
        "http://x/a@b, http://***@b",
        "jdbc:postgresql://x/y?user=u&password=hunter2&ssl=true, jdbc:postgresql://x/y?user=u&password=***&ssl=true",
        "jdbc:h2:mem:x;USER=u;PASSWORD=hunter2, jdbc:h2:mem:x;USER=u;PASSWORD=***",
    })
    void theUserOfAUrlIsNotShown(String url, String shown) {
        Setting<String> any = Setting.text("any.url", "", "A text");
        Settings settings = new SettingsLoader(List.of(any))
                .load(Map.of("KAFKA_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL", url), Map.of("any.url", url));

        assertThat(settings.changed())
                .containsEntry("any.url", shown)
                .containsEntry("kafka.sasl.oauthbearer.token.endpoint.url", shown);
        assertThat(settings.get(any)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.mechanism | NONSENSE | Kafka's clients have no mechanism NONSENSE, but GSSAPI, PLAIN, SCRAM-SHA-256",
                "sasl.mechanism | plain | Kafka's clients have no mechanism plain",
                "ssl.cipher.suites | foo | this JVM has no cipher suite foo",
                "ssl.cipher.suites | TLS_AES_128_GCM_SHA256,bar | this JVM has no cipher suite bar",
            })
    void saysWhichValueKafkasClientsDoNotKnow(String name, String value, String words) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> loader.load(Map.of(), Map.of("instance.id", "i-1", "kafka." + name, value)))
                .withMessageContaining("kafka." + name)
                .withMessageContaining(words);
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
                .withMessageContaining("no setting turn.gab: is turn.gap meant?")
                .withMessageContaining("ingress.port (LULL_INGRESS_PORT) must be from 0 to 65535")
                .withMessageContaining("turn.gap (LULL_TURN_GAP) must be a span of time such as 250ms, 5s")
                .withMessageContaining("Give LULL_ACCESS_TOKEN or LULL_ACCESS_TOKEN_FILE, not both")
                .withMessageContaining("instance.id (LULL_INSTANCE_ID) is required and has no default")
                .withMessageContaining("Kafka's acks cannot be set")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @CsvSource({
        "security.protocl, security.protocol",
        "secuirty.protocol, security.protocol",
        "sasl.mechansim, sasl.mechanism",
        "sasl.jaas.confg, sasl.jaas.config",
        "bootstrap.server, bootstrap.servers",
        "ssl.truststore.locaton, ssl.truststore.location",
        "consumer.session.timeout, consumer.session.timeout.ms",
        "producer.linger.msec, producer.linger.ms",
        "admin.request.timeout.m, admin.request.timeout.ms",
        "restore.consumer.max.poll.record, restore.consumer.max.poll.records",
        "state.cleanup.delay.m, state.cleanup.delay.ms"
    })
    void refusesAPropertyThatNoClientOfKafkaKnowsAndSaysWhatMayBeMeant(String name, String meant) {
        SettingsLoader withStreams = new SettingsLoader(List.of(), List.of(), Set.of("state.cleanup.delay.ms"));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> withStreams.load(Map.of(), Map.of("kafka." + name, "s3cret")))
                .withMessageContaining("No Kafka client has a property " + name + ": is " + meant + " meant?")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void refusesAMisspeltPropertyFromTheEnvironmentAndNamesTheVariable() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> loader.load(Map.of("KAFKA_SECURITY_PROTOCL", "SSL"), GIVEN))
                .withMessageContaining("is security.protocol meant?")
                .withMessageContaining("KAFKA_SECURITY_PROTOCL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no.such.thing", "foo.security.protocol", "consumer.producer.linger.ms", "log.dirs", "broker.id"
            })
    void refusesWhatIsNothingLikeAProperty(String name) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> new SettingsLoader(List.of()).load(Map.of(), Map.of("kafka." + name, "1")))
                .withMessageContaining("No Kafka client has a property " + name);
    }

    @ParameterizedTest
    @CsvSource({
        "security.protocol, SSL",
        "sasl.client.callback.handler.class, java.lang.Object",
        "sasl.login.callback.handler.class, java.lang.Object",
        "ssl.keystore.certificate.chain, 1",
        "client.dns.lookup, use_all_dns_ips",
        "metadata.recovery.strategy, none",
        "compression.type, zstd",
        "consumer.session.timeout.ms, 1",
        "main.consumer.max.poll.records, 1",
        "producer.linger.ms, 1",
        "admin.request.timeout.ms, 1"
    })
    void passesPropertiesThatSomeClientKnows(String name, String value) {
        assertThat(new SettingsLoader(List.of())
                        .load(Map.of(), Map.of("kafka." + name, value))
                        .kafka())
                .containsKey(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acks", "producer.acks", "consumer.isolation.level", "main.consumer.group.id"})
    void refusesWhatLullPromisesStandOnAlsoBehindAPrefix(String name) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> new SettingsLoader(List.of()).load(Map.of(), Map.of("kafka." + name, "1")))
                .withMessageContaining("Kafka's " + name + " cannot be set");
    }

    @Test
    void ignoresWhatKubernetesAndKafkasOwnScriptsSay() {
        Settings settings = new SettingsLoader(List.of())
                .load(
                        Map.of(
                                "KAFKA_SERVICE_HOST", "10.0.0.1",
                                "KAFKA_SERVICE_PORT", "9092",
                                "KAFKA_SERVICE_PORT_CLIENT", "9092",
                                "KAFKA_PORT", "tcp://10.0.0.1:9092",
                                "KAFKA_PORT_9092_TCP", "tcp://10.0.0.1:9092",
                                "KAFKA_PORT_9092_TCP_ADDR", "10.0.0.1",
                                "KAFKA_HEADLESS_SERVICE_HOST", "10.0.0.2",
                                "KAFKA_JMX_PORT", "9999"),
                        Map.of());

        assertThat(settings.kafka()).isEmpty();
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

    @Test
    void refusesAFileThatIsTooLargeForSettings() throws IOException {
        Path file = directory.resolve("large.properties");
        Files.writeString(file, "# " + "x".repeat(SettingsFile.MOST_BYTES));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> loader.load(Map.of(), file))
                .withMessageContaining("large.properties cannot be read: it is larger than 1 MiB");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> loader.load(Map.of("LULL_ACCESS_TOKEN_FILE", file.toString()), GIVEN))
                .withMessageContaining("LULL_ACCESS_TOKEN_FILE: The file ")
                .withMessageContaining("it is larger than 1 MiB");
    }

    /// It would wait until somebody writes.
    @Test
    void refusesAPipe() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> loader.load(Map.of(), pipe))
                .withMessageContaining("it is a pipe or a device, and must be a regular file");
    }
}
