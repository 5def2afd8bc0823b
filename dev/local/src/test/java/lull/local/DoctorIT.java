package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import lull.archive.ArchiveCheck;
import lull.archive.schema.ArchiveDatabase;
import lull.cli.Configuration;
import lull.contract.topic.Topics;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import lull.standins.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lull doctor` beside a running system.
@Tag("proof")
final class DoctorIT {

    @TempDir
    private static Path directory;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static LocalLull lull;

    @BeforeAll
    static void start() throws Exception {
        LocalOptions options = World.options(directory);
        lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), Map.of("lane.paused.retry", "2s"), COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void findsNothingWhereAllIsWell() throws Exception {
        Ran ran = doctor(Map.of());

        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(ran.out()
                        .lines()
                        // Its day depends on the day of the test.
                        .filter(line -> !line.contains(" of the Graph API "))
                        .map(line -> line.replaceAll("has [0-9]+ members? and a lag of [0-9]+ records?", "is read")))
                .containsExactly(
                        "OK     Kafka            All topics are correct",
                        "OK     aggregator       lull-turns-whatsapp.message.received is read",
                        "OK     bridge           lull-turn-to-chat is read",
                        "OK     bridge           lull-event-to-reply is read",
                        "OK     bridge           lull-reply-to-whatsapp is read",
                        "OK     bridge           lull-status-to-reply is read",
                        "OK     bridge           lull-part-to-read-mark is read",
                        "OK     bridge           lull-echo-to-chat is read",
                        "OK     bridge           lull-dead-letter-to-chat is read",
                        "OK     local            http://127.0.0.1:" + adminPort() + " is ready",
                        "OK     Amazon Connect   accepts our calls in us-east-1",
                        "OK     Amazon Connect   The instance " + setting("connect.instance.id") + " is active",
                        "OK     Amazon Connect   The contact flow local-flow is 'local-flow'",
                        "OK     WhatsApp         The business number 100000000000001 is 15550783881, quality GREEN",
                        "OK     clock            This machine's clock and that of AWS agree",
                        "OK     clock            This machine's clock and that of WhatsApp agree");
    }

    @Test
    void sendsToATestPhoneAndSeesTheStatusWithOurData() throws Exception {
        Ran ran = doctor(Map.of(), "--to", "15550950001", "--text", "A trial");

        assertThat(ran.exitCode()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains("OK     reply            WhatsApp has accepted it");
        assertThat(ran.out())
                .containsPattern("OK     status           'sent' arrived after .* s with our callback data");
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
        assertThat(ran.out()).contains("FAIL   status           None has arrived within 3s: is the app subscribed");
    }

    @Test
    void tellsWhatWhatsAppRefuses() throws Exception {
        world.fault(world.graph("/"), "{'target':'messages','code':'131026'}");

        Ran ran = doctor(Map.of(), "--to", "15550950004");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).containsPattern("FAIL   reply            WhatsApp answered 400, code 131026\\. After");
    }

    @Test
    void tellsOfAWrongTokenAndSendsNothing() throws Exception {
        Ran ran = doctor(Map.of("whatsapp.access.token", "stale"), "--to", "15550950005");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "cannot be read: WhatsApp answered 401, code 190: whatsapp.access.token is invalid or has expired")
                .doesNotContain("stale");
        assertThat(world.phone("15550950005")).isEmpty();
    }

    @Test
    void checksTheTokenAlsoIfNoBusinessNumberIsKnown() throws Exception {
        Map<String, String> without = new HashMap<>(Map.of("replies.business.number", ""));

        Ran well = doctor(without);
        without.put("whatsapp.access.token", "stale");
        Ran stale = doctor(without);
        String nowhere = "http://localhost:" + FreePort.next();
        without.put("whatsapp.graph.endpoint", nowhere);
        Ran unreached = doctor(without);

        assertThat(well.exitCode()).as(well.toString()).isZero();
        assertThat(well.out())
                .contains("OK     WhatsApp         It accepts whatsapp.access.token")
                .contains("?      WhatsApp         No business number is checked, because none is known");
        assertThat(stale.exitCode()).isEqualTo(1);
        assertThat(stale.out())
                .contains("FAIL   WhatsApp         WhatsApp answered 401, code 190: whatsapp.access.token is invalid or"
                        + " has expired");
        assertThat(unreached.exitCode()).isEqualTo(1);
        assertThat(unreached.out()).contains("FAIL   WhatsApp         It cannot be reached at " + nowhere);
    }

    @Test
    void findsThatTheQueueOfAgentsMessagesIsMissing() throws Exception {
        Ran ran = doctor(Map.of("connect.event.doors", "sqs"));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("FAIL   bridge           The configuration cannot be used: agents' messages arrive by an SQS"
                        + " queue, and connect.queue.url is missing.");
    }

    @Test
    void tellsWhatIsNotReached() throws Exception {
        String nowhere = "http://localhost:" + FreePort.next();

        Ran ran = doctor(Map.of("connect.endpoint", nowhere, "whatsapp.graph.endpoint", nowhere));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("FAIL   Amazon Connect   ")
                .contains("can us-east-1 be reached from here?")
                .contains("FAIL   WhatsApp         It cannot be reached at " + nowhere);
    }

    @Test
    void tellsThatWhatsAppDoesNotAnswer() throws Exception {
        world.fault(world.graph("/"), "{'target':'messages','delayMillis':4000}");

        Ran ran = doctor(Map.of(), "--to", "15550950006", "--patience", "2s");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("FAIL   reply            WhatsApp has not accepted it within 2s, and it is not sent later");
    }

    @Test
    void findsAWrongFlowAndAWrongInstance() throws Exception {
        Ran ran = doctor(Map.of(
                "connect.contact.flow.id",
                "no-such-flow",
                "connect.numbers",
                "100000000000002",
                "connect.instance.id.100000000000002",
                "no-such-instance"));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .containsPattern(
                        "FAIL   Amazon Connect   The contact flow no-such-flow in us-east-1: Amazon Connect answers"
                                + " 404, ResourceNotFoundException: .*Check connect.contact.flow.id")
                .containsPattern("FAIL   Amazon Connect   The instance no-such-instance in us-east-1: .*Check"
                        + " connect.instance.id and connect.region");
    }

    @Test
    void saysWhichPermissionIsMissing() throws Exception {
        world.fault(
                world.connect("/"),
                "{'target':'DescribeInstance','status':403,'code':'AccessDeniedException','times':1}");

        Ran ran = doctor(Map.of());

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .containsPattern(
                        "[?]      Amazon Connect   The instance .*allow connect:DescribeInstance, so that it can be checked");
    }

    @Test
    void findsProcessesThatAreNotReadyOrNotThere() throws Exception {
        String nowhere = "http://localhost:" + FreePort.next();

        Ran ran = doctor(Map.of("doctor.processes", nowhere + ",http://localhost:" + adminPort()));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("FAIL   process          No process of Lull answers at " + nowhere)
                .contains("OK     local            http://localhost:" + adminPort() + " is ready");
    }

    @Test
    void findsThatNobodyReadsATopic() throws Exception {
        Ran ran = doctor(Map.of("transcribe", "true"));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("FAIL   bridge           lull-voice-to-transcript has no members, so nothing reads"
                        + " whatsapp.turn.closed: start `bin/lull bridge`");
    }

    @Test
    void findsAQueueWithoutAPolicyAndOneThatIsNotThere() throws Exception {
        try (QueueServer queue = QueueServer.start()) {
            Map<String, String> byQueue = Map.of(
                    "connect.event.doors",
                    "sqs",
                    "connect.queue.url",
                    queue.url(),
                    "connect.queue.endpoint",
                    queue.endpoint(),
                    "eum.queue.url",
                    queue.url() + "-of-webhooks",
                    "eum.queue.endpoint",
                    queue.endpoint(),
                    "eum.queue.credentials",
                    "placeholder");

            Ran ran = doctor(byQueue);

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("OK     chat-event-queue The queue " + queue.url() + " exists; 0 messages wait")
                    .contains(
                            "FAIL   chat-event-queue The queue has no policy, so no SNS topic may send messages to it")
                    .contains("FAIL   chat-event-queue Its visibility timeout of 4 s is not longer than")
                    .containsPattern(
                            "FAIL   chat-event-queue The queue is not subscribed to arn:aws:sns:\\S+, so nothing"
                                    + " arrives in it\\. Subscribe arn:aws:sqs:\\S+:events to the topic with protocol sqs")
                    .containsPattern("FAIL   webhook-queue    The queue .*-of-webhooks: SQS answers 400, ");
        }
    }

    @Test
    void findsTopicsThatAreLaidOutInAnotherWay() throws Exception {
        Ran ran = doctor(Map.of("topics.replication.factor", "3"));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains("FAIL   Kafka            The topic connect.chat has 1 replicas of a partition, and"
                        + " topics.replication.factor is 3");
    }

    @Test
    void saysThatNoBrokerAnswers() throws Exception {
        Ran ran = doctor(Map.of("kafka.bootstrap.servers", "127.0.0.1:1"));

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "FAIL   Kafka            Kafka cannot be used: no broker answers at 127.0.0.1:1 (Connection refused)");
    }

    @Test
    void whatItHasGivenUpIsNotSentLater() throws Exception {
        // WhatsApp refuses every token, so that the bridge is paused with the trial in hand.
        world.fault(world.graph("/"), "{'target':'messages','status':401,'code':'190','times':3}");
        Ran ran = doctor(Map.of(), "--to", "15550950008", "--text", "Too late", "--patience", "1s");
        assertThat(ran.exitCode()).isEqualTo(1);
        // On a busy machine the bridge may not have got it in one second.
        assertThat(ran.out())
                .containsPattern("FAIL   reply            (WhatsApp has not accepted it within 1s, and it is not sent"
                        + " later|No bridge has handled it within 1s, and none sends it later)");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.records(Topics.REPLY_SENT.name()))
                        .anyMatch(record -> record.key().startsWith("app-doctor-")
                                && new String(record.value(), StandardCharsets.UTF_8).contains("It has expired")));
        assertThat(world.phone("15550950008")).isEmpty();
    }

    @Test
    void asksTheApiOfTheArchive() throws Exception {
        String at = "http://localhost:" + setting("archive.port");
        String nowhere = "http://localhost:" + FreePort.next();

        assertThat(doctor(Map.of("doctor.archive", at)).out())
                .contains("OK     archive          The API at " + at + " answers");
        Ran wrong = doctor(Map.of("doctor.archive", at, "archive.tokens", "stale"));
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.out())
                .contains(
                        "FAIL   archive          The API at " + at
                                + " does not accept the first token of archive.tokens: give the doctor the token of the archive")
                .doesNotContain("stale");
        assertThat(doctor(Map.of("doctor.archive", at, "archive.tokens", "")).out())
                .contains("?      archive          The API at " + at
                        + " is not asked, because archive.tokens is not set");
        assertThat(doctor(Map.of("doctor.archive", nowhere)).out())
                .contains("FAIL   archive          No archive answers at " + nowhere
                        + ": start `bin/lull archive`, or correct doctor.archive");
        assertThat(doctor(Map.of("doctor.archive", "http://archive.invalid:8084"))
                        .out())
                .contains(
                        "?      archive          The API at http://archive.invalid:8084 is not asked, because its token"
                                + " would be sent without TLS");
        assertThat(doctor(Map.of("doctor.archive", "http://localhost:" + adminPort()))
                        .out())
                .contains("FAIL   archive          The API at http://localhost:" + adminPort()
                        + " is closed, or is none");
    }

    @Test
    void saysHowFarTheArchiveIsBehindTheTopics() throws Exception {
        assumeTrue(
                PostgresServer.isInstalled(),
                "needs the programs of a PostgreSQL server in " + PostgresServer.installed() + "/*/bin");
        String url = PostgresServer.shared().createDatabase();
        Map<String, String> settings = Map.of("archive.jdbc.url", url);
        Ran empty = doctor(settings);
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.out()).contains("FAIL   archive          The database ", " has no tables yet: start");

        try (ArchiveDatabase database = ArchiveDatabase.open(
                new ArchiveDatabase.Options(url, Optional.empty(), Optional.empty(), 2, Duration.ofSeconds(10)))) {
            database.migrate();
            Ran behind = doctor(Map.of("archive.jdbc.url", url, "archive.lag.max", "1"));
            assertThat(behind.exitCode()).isEqualTo(1);
            assertThat(behind.out())
                    .contains("OK     archive          The database answers, and has the tables of this version")
                    .containsPattern(
                            "FAIL   archive          It is [0-9]+ records behind the topics; everything that was"
                                    + " written before the last [0-9]+[smhd] is in the database\\. That is more than"
                                    + " archive.lag.max \\(1\\): check that");

            // As if everything had been archived.
            database.sql()
                    .execute(
                            "insert into consumed_offset select t, p, 1000000000 from"
                                    + " unnest(string_to_array(?, ',')) t, generate_series(0, 63) p",
                            String.join(",", ArchiveCheck.topics(Configuration.load(Map.of(), lull.settings()))));
            assertThat(doctor(settings).out())
                    .contains("OK     archive          Every record of the topics is in the database");
        }
    }

    @Test
    void refusesWhatCannotBeSent() throws Exception {
        assertThat(doctor(Map.of(), "--to", "+1 555").exitCode()).isEqualTo(2);
        assertThat(doctor(Map.of(), "--to", "15550950007", "--template", "hello")
                        .err())
                .contains("--template must be such as hello_world/en_US");
        assertThat(doctor(Map.of(), "--patience", "soon").err()).contains("--patience");
    }

    private static int adminPort() {
        return Integer.parseInt(setting("admin.port"));
    }

    private static String setting(String name) {
        return String.valueOf(lull.settings().get(name));
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
