package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import lull.local.broker.FreePort;
import lull.runtime.Parts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lull doctor` beside a running system.
final class DoctorIT {

    @TempDir
    private static Path directory;

    private static final Parts PARTS = new Parts();
    private static World world;
    private static LocalLull lull;

    @BeforeAll
    static void start() throws Exception {
        LocalOptions options = World.options(directory);
        lull = LocalLull.start(options, Map.of(), Map.of(), PARTS);
        lull.awaitReady();
        world = PARTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        PARTS.close();
    }

    @Test
    void findsNothingWhereAllIsWell() throws Exception {
        Ran ran = doctor(Map.of());

        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(ran.out().lines())
                .containsExactly(
                        "ok     Kafka           Every topic is as it must be",
                        "ok     Amazon Connect  takes our calls in us-east-1; whether instance and flow are right, the first chat tells",
                        "ok     WhatsApp        The business number 100000000000001 is 15550783881, quality GREEN");
    }

    @Test
    void sendsToATestPhoneAndSeesTheStatusWithOurData() throws Exception {
        Ran ran = doctor(Map.of(), "--to", "15550950001", "--text", "A trial");

        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains("ok     reply           WhatsApp has taken it");
        assertThat(ran.out()).containsPattern("ok     status          'sent' came back after .* s with our data");
        assertThat(world.phoneTexts("15550950001")).containsExactly("A trial");
    }

    @Test
    void sendsATemplate() throws Exception {
        Ran ran = doctor(
                Map.of(), "--to", "15550950002", "--template", "hello_world/en_US", "--number", "100000000000002");

        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(world.phone("15550950002").getFirst().path("type").asText()).isEqualTo("template");
        assertThat(world.phone("15550950002").getFirst().path("from").asText()).isEqualTo("100000000000002");
    }

    @Test
    void tellsThatNoStatusComes() throws Exception {
        world.awaitQuietStatuses();
        world.fault(world.graph("/"), "{'target':'status.drop','times':3}");

        Ran ran = doctor(Map.of(), "--to", "15550950003", "--patience", "3s");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("WRONG  status          None has come within 3s: is the app subscribed");
    }

    @Test
    void tellsWhatWhatsAppRefuses() throws Exception {
        world.fault(world.graph("/"), "{'target':'messages','code':'131026'}");

        Ran ran = doctor(Map.of(), "--to", "15550950004");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("WRONG  reply           WhatsApp answered 400, code 131026\\. Outside");
    }

    @Test
    void tellsOfAWrongTokenAndSendsNothing() throws Exception {
        Ran ran = doctor(Map.of("whatsapp.access.token", "stale"), "--to", "15550950005");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("is answered with 401, code 190: whatsapp.access.token is wrong or has expired")
                .doesNotContain("stale");
        assertThat(world.phone("15550950005")).isEmpty();
    }

    @Test
    void tellsWhatIsNotReached() throws Exception {
        String nowhere = "http://localhost:" + FreePort.next();

        Ran ran = doctor(Map.of("connect.endpoint", nowhere, "whatsapp.graph.endpoint", nowhere));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("WRONG  Amazon Connect  ")
                .contains("can us-east-1 be reached from here?")
                .contains("WRONG  WhatsApp        It is not reached at " + nowhere);
    }

    @Test
    void tellsThatWhatsAppDoesNotAnswer() throws Exception {
        world.fault(world.graph("/"), "{'target':'messages','delayMillis':4000}");

        Ran ran = doctor(Map.of(), "--to", "15550950006", "--patience", "2s");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("WRONG  reply           WhatsApp has not taken it within 2s");
    }

    @Test
    void refusesWhatCannotBeSent() throws Exception {
        assertThat(doctor(Map.of(), "--to", "+1 555").exitCode()).isEqualTo(2);
        assertThat(doctor(Map.of(), "--to", "15550950007", "--template", "hello")
                        .err())
                .contains("--template must be such as hello_world/en_US");
        assertThat(doctor(Map.of(), "--patience", "soon").err()).contains("--patience");
    }

    private static Ran doctor(Map<String, String> settings, String... arguments) throws IOException {
        Map<String, String> all = new HashMap<>(lull.settings());
        all.putAll(settings);
        Properties properties = new Properties();
        properties.putAll(all);
        Path config = directory.resolve("doctor.properties");
        try (Writer out = Files.newBufferedWriter(config)) {
            properties.store(out, null);
        }
        String[] command = new String[arguments.length + 3];
        command[0] = "doctor";
        command[1] = "--config";
        command[2] = config.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return Ran.lull(command);
    }
}
