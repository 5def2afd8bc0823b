package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lull.cli.Configuration;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.ingress.IngressService;
import lull.ingress.http.TestWebhook;
import lull.runtime.Lifecycle;
import lull.runtime.process.ServiceContext;
import lull.runtime.process.ServiceProcess;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// From the bytes of webhooks to what Amazon Connect and WhatsApp receive, for cases that are decided in the middle.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EndToEndIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Its turns last three seconds at most.
    private static final String SHORT_TURNS = "100000000000011";

    /// Its gap is longer than any test waits.
    private static final String LONG_GAP = "100000000000012";

    private static final String OTHER_NUMBER = "100000000000013";
    private static final Duration SKEW = Duration.ofSeconds(2);

    /// No customer's number is in a log; nor is what they say.
    private static final String PERSONAL = "1555077";

    private static final String SECRET_WORD = "Zanzibar";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static LinesLogged logged;
    private static World world;
    private static LocalOptions early;
    private static String bootstrapServers = "";

    @BeforeAll
    static void start() throws Exception {
        logged = LinesLogged.byAll(Level.DEBUG);
        LocalOptions options = World.options(directory);
        Map<String, String> own = Map.of(
                "turn.gap",
                "1s",
                "turn.numbers",
                SHORT_TURNS + "," + LONG_GAP,
                "turn.max.duration." + SHORT_TURNS,
                "3s",
                "turn.gap." + LONG_GAP,
                "9m",
                "turn.max.duration." + LONG_GAP,
                "10m");
        LocalLull system = LocalLull.start(options, SharedBroker.empty(), Map.of(), own, COMPONENTS);
        system.awaitReady();
        bootstrapServers = system.bootstrapServers();
        world = COMPONENTS.add("world", new World(options, system.bootstrapServers()));
        early = World.options(directory.resolve("early"));
        Map<String, String> settings = system.settings();
        settings.put("ingress.port", Integer.toString(early.ingressPort()));
        settings.put("admin.port", "0");
        ServiceProcess.start(
                "early ingress",
                Configuration.load(Map.of(), settings),
                COMPONENTS,
                context -> IngressService.start(ahead(context)));
    }

    private static ServiceContext ahead(ServiceContext context) {
        return new ServiceContext(
                context.settings(),
                context.health(),
                context.metrics(),
                context.components(),
                context.dependencies(),
                context.kafka(),
                Clock.offset(Clock.systemUTC(), SKEW),
                context.tracing());
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
        logged.close();
    }

    @Test
    void aReactionBetweenTwoTextsIsAnItemOfItsOwnAndTheTextsStayOne() {
        String customer = PERSONAL + "0001";
        String first = world.says(customer, "First");
        world.sends(customer, "{'type':'reaction','reaction':{'message_id':'" + first + "','emoji':'👍'}}");
        world.says(customer, "Second");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.turns(customer))
                .singleElement()
                .satisfies(turn -> assertThat(turn.items())
                        .extracting(TurnItem::kind, item -> item.messages().size())
                        .containsExactlyInAnyOrder(tuple(ContentKind.TEXT, 2), tuple(ContentKind.REACTION, 1)));
        assertThat(world.customerTexts(customer)).contains("First\nSecond");
        assertThat(world.customerTexts(customer).getLast()).contains("👍");
    }

    @Test
    void fivePhotosAtOnceAreFiveAttachmentsOfOneTurnInOrder() {
        String customer = PERSONAL + "0002";
        List<String> ids = new ArrayList<>();
        for (int photo = 1; photo <= 5; photo++) {
            String file = world.uploads(("photo " + photo).getBytes(UTF_8), "image/jpeg");
            ids.add(world.sends(
                    customer,
                    "{'type':'image','image':{'id':'" + file + "','mime_type':'image/jpeg','caption':'No " + photo
                            + "'}}"));
        }

        await().atMost(PATIENCE)
                .until(() -> !world.chats(customer).isEmpty()
                        && world.attached(world.chats(customer).getFirst()).size() == 5);
        assertThat(world.turns(customer)).singleElement().satisfies(turn -> {
            assertThat(turn.messageIds()).containsExactlyElementsOf(ids);
            assertThat(turn.items()).extracting(TurnItem::kind).hasSize(5).containsOnly(ContentKind.IMAGE);
        });
        assertThat(world.attached(world.chats(customer).getFirst()))
                .extracting(file -> new String(file, UTF_8))
                .containsExactly("photo 1", "photo 2", "photo 3", "photo 4", "photo 5");
    }

    @Test
    void whoKeepsTypingIsHeardAfterTheMaximumDuration() {
        String customer = PERSONAL + "0003";
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(400))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    world.says(SHORT_TURNS, customer, "and");
                    return !world.customerTexts(customer).isEmpty();
                });

        assertThat(turnsOf(SHORT_TURNS, customer).getFirst().cause()).isEqualTo(TurnCause.MAX_DURATION);
    }

    @Test
    void clocksOfIngressesThatAreTwoSecondsApartSplitNothing() {
        String customer = PERSONAL + "0004";
        for (int i = 0; i < 6; i++) {
            byte[] body = new TestWebhook(World.NUMBER, customer, "Customer " + customer)
                    .text("wamid.skew" + i, "Part " + i, Instant.now());
            assertThat(i % 2 == 0 ? world.post(body).statusCode() : postEarly(body))
                    .isEqualTo(200);
        }

        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        assertThat(world.customerTexts(customer)).containsExactly("Part 0\nPart 1\nPart 2\nPart 3\nPart 4\nPart 5");
    }

    @Test
    void aLoneReactionOpensNoChat() {
        String customer = PERSONAL + "0005";
        world.sends(customer, "{'type':'reaction','reaction':{'message_id':'wamid.none','emoji':'👍'}}");

        await().atMost(PATIENCE).until(() -> world.turns(customer).size() == 1);
        world.awaitHandled("lull-turn-to-chat", Topics.TURN_CLOSED);
        assertThat(world.chats(customer)).isEmpty();
    }

    @Test
    void anAnswerByButtonDoesNotWaitForTheGap() {
        String customer = PERSONAL + "0006";
        world.sends(
                LONG_GAP,
                customer,
                "{'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'1','title':'Yes'}}}");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Yes")));
    }

    @Test
    void aMessageThatCannotBeReadCostsItsNeighboursNothing() {
        String customer = PERSONAL + "0007";
        ObjectNode webhook = (ObjectNode) World.tree(new String(text(customer, "wamid.good1", "Before"), UTF_8));
        ArrayNode messages = (ArrayNode) webhook.at("/entry/0/changes/0/value/messages");
        messages.add("not a message");
        messages.add(World.tree(new String(text(customer, "wamid.good2", "After"), UTF_8))
                .at("/entry/0/changes/0/value/messages/0"));

        assertThat(world.post(Json.bytes(webhook)).statusCode()).isEqualTo(200);

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Before\nAfter")));
        assertThat(List.of(Topics.WEBHOOK_UNPARSED, Topics.ACCOUNT_EVENT).stream()
                        .flatMap(topic -> world.records(topic.name()).stream())
                        .map(record -> new String(record.value(), UTF_8)))
                .filteredOn(value -> value.contains("not a message"))
                .hasSize(1);
    }

    @Test
    void aThousandUpdatesInOneBodyAllArrive() {
        ObjectNode webhook = (ObjectNode) World.tree(new String(text(PERSONAL + "1000", "wamid.1000-0", "0"), UTF_8));
        ArrayNode entries = (ArrayNode) webhook.path("entry");
        for (int update = 1; update < 1_000; update++) {
            String customer = PERSONAL + (1_000 + update % 20);
            entries.add(World.tree(new String(text(customer, "wamid.1000-" + update, "" + update), UTF_8))
                    .at("/entry/0"));
        }

        assertThat(world.post(Json.bytes(webhook)).statusCode()).isEqualTo(200);

        for (int customer = 0; customer < 20; customer++) {
            int first = customer;
            List<String> said = IntStream.range(0, 50)
                    .mapToObj(i -> Integer.toString(first + 20 * i))
                    .toList();
            await().atMost(PATIENCE)
                    .until(() ->
                            world.customerTexts(PERSONAL + (1_000 + first)).equals(List.of(String.join("\n", said))));
        }
    }

    @Test
    void bothChatsOfACustomerWithTwoNumbersAreAnswered() {
        String customer = PERSONAL + "0009";
        world.says(World.NUMBER, customer, "To the first");
        world.says(OTHER_NUMBER, customer, "To the second");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);

        for (JsonNode chat : world.chats(customer)) {
            world.agentSays(chat, "Answer to: " + World.customerTexts(chat).getFirst());
        }

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 2);
        assertThat(world.phone(customer))
                .extracting(
                        message -> message.path("from").asText(),
                        message -> message.path("text").asText())
                .containsExactlyInAnyOrder(
                        tuple(World.NUMBER, "Answer to: To the first"),
                        tuple(OTHER_NUMBER, "Answer to: To the second"));
    }

    @Test
    void aCustomerWithoutANameGetsAChat() {
        String customer = PERSONAL + "0010";
        byte[] body =
                new TestWebhook(World.NUMBER, customer, "").text("wamid.nameless", "Hello, nameless", Instant.now());

        assertThat(world.post(body).statusCode()).isEqualTo(200);

        await().atMost(PATIENCE)
                .until(() -> world.get(world.connect("/_agent/chats"))
                        .valueStream()
                        .anyMatch(chat -> World.customerTexts(chat).equals(List.of("Hello, nameless"))));
    }

    /// Last, as what it writes can be read by none. What can go wrong with a message goes wrong, in every service, and
    /// nothing personal is in the logs.
    @Order(Integer.MAX_VALUE)
    @Test
    void logsHaveNeitherNumbersNorTexts() throws Exception {
        String customer = PERSONAL + "0011";
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[] key = (World.NUMBER + "|" + customer).getBytes(UTF_8);
            byte[] unreadable = ("{\"kind\":\"message\",\"text\":\"" + SECRET_WORD).getBytes(UTF_8);
            for (String topic :
                    List.of(Topics.MESSAGE_RECEIVED.name(), Topics.TURN_CLOSED.name(), Topics.REPLY_REQUESTED.name())) {
                producer.send(new ProducerRecord<>(topic, key, unreadable)).get();
            }
        }
        world.fault(world.connect("/"), "{'target':'StartChatContact','status':503,'times':2}");
        world.fault(world.graph("/"), "{'target':'messages','status':503,'times':1}");
        world.says(customer, SECRET_WORD);
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        world.agentSays(world.chats(customer).getFirst(), SECRET_WORD + " too");
        await().atMost(PATIENCE)
                .until(() -> List.of(Topics.MESSAGE_RECEIVED, Topics.TURN_CLOSED, Topics.REPLY_REQUESTED).stream()
                        .noneMatch(topic ->
                                world.records(topic.deadLetters().name()).isEmpty()));

        List<String> lines = logged.lines();

        assertThat(lines).anyMatch(line -> line.startsWith("lull.aggregator"));
        assertThat(lines).anyMatch(line -> line.startsWith("lull.bridge") || line.startsWith("lull.lanes"));
        assertThat(lines).noneMatch(line -> line.contains(PERSONAL));
        assertThat(lines).noneMatch(line -> line.contains(SECRET_WORD));
    }

    private static byte[] text(String customer, String id, String text) {
        return new TestWebhook(World.NUMBER, customer, "Customer " + customer).text(id, text, Instant.now());
    }

    private static List<Turn> turnsOf(String number, String customer) {
        return world.turns().stream()
                .filter(turn -> turn.conversation().toString().equals(number + "|" + customer))
                .toList();
    }

    private static int postEarly(byte[] body) {
        return world.send(HttpRequest.newBuilder(early.uri(early.ingressPort(), "/webhooks/whatsapp"))
                        .header("X-Hub-Signature-256", TestWebhook.signature(body, LocalLull.APP_SECRET))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                .statusCode();
    }
}
