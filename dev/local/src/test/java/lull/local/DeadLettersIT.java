package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Writer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import lull.contract.DeadLetterHandled;
import lull.contract.DeadLetterHandled.Action;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Message;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators do with dead letters of every topic, by the commands that they have.
@Tag("proof")
final class DeadLettersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static Path settings;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() throws Exception {
        String broker = SharedBroker.empty();
        world = World.ofOneJvm(directory, broker, Map.of(), COMPONENTS);
        Properties properties = new Properties();
        properties.put("kafka.bootstrap.servers", broker);
        settings = directory.resolve("dlq.properties");
        try (Writer out = Files.newBufferedWriter(settings)) {
            properties.store(out, null);
        }
        producer = COMPONENTS.add(
                "producer",
                new KafkaProducer<>(
                        KafkaSetup.at(broker).producer("test"), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    /// The topics that services read, whose dead letters they write.
    private static List<Topic> topics() {
        List<String> names = Topics.all(List.of(Topics.MESSAGE_RECEIVED.name())).stream()
                .map(Topic::name)
                .toList();
        return Topics.all(List.of(Topics.MESSAGE_RECEIVED.name())).stream()
                .filter(topic -> names.contains(topic.deadLetters().name()))
                .toList();
    }

    @Test
    void whatNobodyCanReadIsListedShownTriedAndDiscardedInEveryTopic() throws Exception {
        for (Topic topic : topics()) {
            String key = World.NUMBER + "|1555060" + topics().indexOf(topic);
            if (topic.equals(Topics.APPLICATION_TURN_CLOSED)) {
                // Without an application nobody reads it.
                LostRecords.letter(producer, topic, key, "{\"kind\":\"secret\"".getBytes(UTF_8));
            } else {
                producer.send(new ProducerRecord<>(
                                topic.name(), key.getBytes(UTF_8), "{\"kind\":\"secret\"".getBytes(UTF_8)))
                        .get();
            }
        }
        for (Topic topic : topics()) {
            await().alias(topic.name()).atMost(PATIENCE).until(() -> {
                Ran listed = lull("list", "--topic", topic.name(), "--reason", "unreadable");
                return listed.out().contains(topic.deadLetters().name() + "-");
            });
            String id = id(lull("list", "--topic", topic.deadLetters().name(), "--reason", "unreadable"));
            Ran shown = lull("show", id);
            assertThat(shown.exitCode()).as(shown.err()).isZero();
            assertThat(shown.out())
                    .contains("id: " + id, "topic: " + topic.name(), "reason: unreadable", "now: still unreadable: ")
                    .doesNotContain("secret", "1555060");
            assertThat(lull("show", id, "--value").out()).contains("secret");

            Ran tried = lull("replay", "--topic", topic.name(), "--dry-run");
            assertThat(tried.exitCode()).isOne();
            assertThat(tried.out()).contains(id + "  still unreadable: ", "Would be replayed: 0 of 1. Left: 1.");
            Ran replayed = lull("replay", id);
            assertThat(replayed.exitCode()).isOne();
            assertThat(replayed.out()).contains("Replayed: 0 of 1. Left: 1.");

            Ran discarded = lull("discard", id, "--why", "only a test", "--by", "Ana");
            assertThat(discarded.out()).contains("Discarded: 1 of 1.");
            assertThat(lull("list", "--topic", topic.name(), "--reason", "unreadable")
                            .out())
                    .isEqualTo("No dead letters.\n");
            assertThat(lull("list", "--all", "--topic", topic.name()).out()).contains("(discarded by Ana at ");
            assertThat(lull("show", id).out()).containsPattern("discarded by Ana at \\S+: only a test");
        }
    }

    @Test
    void aMessageThatAnEarlierVersionCouldNotReadIsReplayedOnceThoughItWasSeen() throws Exception {
        String customer = "15550609001";
        Message message = LostRecords.message(customer, "I was lost");
        String conversation = message.conversation().toString();
        String id = LostRecords.letter(producer, Topics.MESSAGE_RECEIVED, conversation, Json.bytes(message));

        Ran tried = lull("replay", "--conversation", conversation, "--dry-run");
        assertThat(tried.out()).isEqualTo("Would be replayed: 1 of 1.\n");
        assertThat(tried.exitCode()).isZero();
        assertThat(world.customerTexts(customer)).isEmpty();
        Ran replayed = lull("replay", "--conversation", customer, "--by", "Bo");
        assertThat(replayed.out()).as(replayed.err()).isEqualTo("Replayed: 1 of 1.\n");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("I was lost")));

        assertThat(lull("replay", id).out())
                .startsWith(id + "  was replayed by Bo at ")
                .endsWith("No dead letters.\n");
        assertThat(handled(id)).singleElement().satisfies(handled -> {
            assertThat(handled.action()).isEqualTo(Action.REPLAYED);
            assertThat(handled.by()).isEqualTo("Bo");
        });
        assertThat(world.records(Topics.MESSAGE_RECEIVED.name()))
                .filteredOn(record -> record.headers().lastHeader(DeadLetterHeaders.REPLAYED) != null)
                .filteredOn(record -> record.key().equals(conversation))
                .singleElement()
                .satisfies(record -> {
                    assertThat(new String(
                                    record.headers()
                                            .lastHeader(DeadLetterHeaders.REPLAYED)
                                            .value(),
                                    UTF_8))
                            .isEqualTo(id);
                    assertThat(DeadLetterHeaders.reason(record.headers())).isEmpty();
                });
    }

    /// Whoever begins later goes on; the other one stops and says so. Nothing is sent twice.
    @Test
    void severalOperatorsAtOnceReplayEachOnce() throws Exception {
        List<String> customers = new ArrayList<>();
        for (int customer = 0; customer < 40; customer++) {
            customers.add("155506100" + (10 + customer));
        }
        for (String customer : customers) {
            Message message = LostRecords.message(customer, "Once");
            LostRecords.letter(
                    producer, Topics.MESSAGE_RECEIVED, message.conversation().toString(), Json.bytes(message));
        }

        List<CompletableFuture<Ran>> operators = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> lull("replay", "--topic", Topics.MESSAGE_RECEIVED.name(), "--reason", "unexpected")))
                .limit(3)
                .toList();
        operators.forEach(CompletableFuture::join);
        assertThat(lull("replay", "--topic", Topics.MESSAGE_RECEIVED.name(), "--reason", "unexpected")
                        .exitCode())
                .isZero();

        for (String customer : customers) {
            await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Once")));
        }
        assertThat(operators)
                .extracting(CompletableFuture::join)
                .allSatisfy(ran -> assertThat(ran.exitCode() == 0
                                || ran.err().contains("Another `bin/lull dlq` has begun to handle dead letters"))
                        .as(ran.out() + ran.err())
                        .isTrue());
        assertThat(world.records(Topics.MESSAGE_RECEIVED.name()))
                .filteredOn(record -> record.key() != null && record.key().contains("|155506100"))
                .extracting(record -> record.key())
                .doesNotHaveDuplicates()
                .hasSize(customers.size());
    }

    @Test
    void aReplayedTurnThatComesAfterLaterOnesSaysSoInTheChat() throws Exception {
        String customer = "15550609003";
        world.says(customer, "Is it ready?");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Is it ready?")));
        ConsumerRecord<String, byte[]> shown = world.records(Topics.TURN_CLOSED.name()).stream()
                .filter(record -> record.key().equals(World.NUMBER + "|" + customer))
                .findFirst()
                .orElseThrow();
        ObjectNode lost = (ObjectNode) Json.tree(shown.value());
        lost.put("id", "whatsapp.message.received-0-4711").put("firstMessageId", "wamid.lost");
        ((ObjectNode) lost.at("/items/0")).put("text", "I want to ask something");
        ((ObjectNode) lost.at("/items/0/messages/0")).put("id", "wamid.lost").put("sentAt", "2026-01-05T10:00:00Z");
        String id = LostRecords.letter(producer, Topics.TURN_CLOSED, shown.key(), Json.bytes(lost));

        assertThat(lull("replay", id).out()).isEqualTo("Replayed: 1 of 1.\n");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 3);
        assertThat(world.customerTexts(customer))
                .containsExactly(
                        "Is it ready?",
                        "[late] written at 2026-01-05 10:00 UTC, before what is above",
                        "I want to ask something");
    }

    @Test
    void theAgentReadsOfWordsThatAreDeadLetters() throws Exception {
        String customer = "15550609004";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Hello")));
        byte[] conversation = (World.NUMBER + "|" + customer).getBytes(UTF_8);

        producer.send(new ProducerRecord<>(Topics.MESSAGE_RECEIVED.name(), conversation, "{\"kind\":1".getBytes(UTF_8)))
                .get();

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        String note = world.customerTexts(customer).get(1);
        assertThat(note).startsWith("[WhatsApp] Not shown: a message of the customer");
        Ran listed = lull("list", "--conversation", customer);
        assertThat(note).contains("(dead letter " + id(listed) + ").");
        assertThat(lull("discard", id(listed), "--why", "seen").exitCode()).isZero();

        // Without a chat nobody reads it, so it is counted for the alarm.
        double before = unheard();
        producer.send(new ProducerRecord<>(
                        Topics.MESSAGE_RECEIVED.name(),
                        (World.NUMBER + "|15550609006").getBytes(UTF_8),
                        "{\"kind\":1".getBytes(UTF_8)))
                .get();
        await().atMost(PATIENCE).until(() -> unheard() > before);
        assertThat(lull("discard", id(lull("list", "--conversation", "15550609006")), "--why", "seen")
                        .exitCode())
                .isZero();

        // One note a minute in each chat, so this one is for another customer.
        String other = "15550609007";
        world.says(other, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(other).equals(List.of("Hello")));
        producer.send(new ProducerRecord<>(
                        Topics.CHAT_EVENT.name(),
                        world.chats(other).getFirst().path("contactId").asText().getBytes(UTF_8),
                        "{}".getBytes(UTF_8)))
                .get();
        await().atMost(PATIENCE).until(() -> world.customerTexts(other).size() == 2);
        assertThat(world.customerTexts(other).get(1))
                .startsWith("[WhatsApp] Not delivered: something that was written in this chat could not be read");
        Ran unread = lull("list", "--topic", Topics.CHAT_EVENT.name());
        assertThat(lull("discard", id(unread), "--why", "seen").exitCode()).isZero();
    }

    @Test
    void settingsAreNotReplayedIntoOnePartition() throws Exception {
        String id = LostRecords.letter(
                producer,
                Topics.MESSAGE_RECEIVED,
                "",
                "{\"kind\":\"setting\",\"gap\":\"PT5S\",\"changedBy\":\"Ana\"}".getBytes(UTF_8));

        Ran tried = lull("replay", "--all", "--dry-run", "--topic", Topics.MESSAGE_RECEIVED.name());

        assertThat(tried.out()).contains("a change of settings: make it again with bin/lull, and discard this");
        assertThat(lull("discard", id, "--why", "made again").exitCode()).isZero();
    }

    @Test
    void saysWhatIsWrongWithACall() {
        assertThat(lull("replay").err())
                .isEqualTo(
                        "Name dead letters, choose some by an option, or say --all. 'lull help dlq replay' shows how to"
                                + " use it.\n");
        assertThat(lull("list", "--since", "yesterday").err())
                .startsWith(
                        "--since must be a time such as 2026-03-01T10:00:00Z or a duration such as 2h, not yesterday");
        assertThat(lull("show", "whatsapp.turn.closed.dlq-0-4711").err())
                .startsWith("There is no dead letter whatsapp.turn.closed.dlq-0-4711: ");
        assertThat(lull("replay", "whatsapp.turn.closed-0-99").err())
                .startsWith("There is no dead letter whatsapp.turn.closed-0-99: ");
        assertThat(lull("discard", "--topic", "whatsapp.turn.clsoed", "--why", "x")
                        .err())
                .startsWith("This installation has no topic whatsapp.turn.clsoed with dead letters: ");
        assertThat(lull("list", "--since", "1ms").out()).isEqualTo("No dead letters.\n");
    }

    @Test
    void oddKeysStopNothingShowNoNumberAndStayInTheirLine() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String key : List.of("1| ", "15550609777", "a\nb\u001b[31m|15550609778", "|", "{}")) {
            ids.add(LostRecords.letter(producer, Topics.ACCOUNT_EVENT, key, "{bad".getBytes(UTF_8)));
        }

        Ran listed = lull("list", "--topic", Topics.ACCOUNT_EVENT.name(), "--reason", "unexpected");

        assertThat(listed.exitCode()).as(listed.err()).isZero();
        assertThat(listed.out().lines().filter(line -> line.startsWith(Topics.ACCOUNT_EVENT.name())))
                .hasSize(ids.size());
        assertThat(listed.out()).contains("****9777").doesNotContain("1555060", "\u001b");
        assertThat(lull("list", "--conversation", "15550609778").out()).contains("****9778");
        for (String id : ids) {
            assertThat(lull("show", id).out()).contains("id: " + id).doesNotContain("1555060", "\u001b");
        }
        List<String> discard = new ArrayList<>(ids);
        discard.addAll(List.of("--why", "odd"));
        assertThat(lull("discard", discard.toArray(String[]::new)).out()).isEqualTo("Discarded: 5 of 5.\n");
    }

    @Test
    void programsGetAnObjectInEachLine() throws Exception {
        Message message = LostRecords.message("15550609005", "For programs");
        String id = LostRecords.letter(
                producer, Topics.MESSAGE_RECEIVED, message.conversation().toString(), Json.bytes(message));

        JsonNode listed = World.tree(
                lull("list", "--json", "--conversation", "15550609005").out());

        assertThat(listed.path("id").asText()).isEqualTo(id);
        assertThat(listed.path("topic").asText()).isEqualTo(Topics.MESSAGE_RECEIVED.name());
        assertThat(listed.path("reason").asText()).isEqualTo("unexpected");
        assertThat(listed.path("message").asText()).isEqualTo("An earlier version failed");
        assertThat(listed.path("position").asText()).isEqualTo("0-17");
        assertThat(listed.path("key").asText()).isEqualTo(message.conversation().toString());
        assertThat(lull("discard", id, "--why", "seen").exitCode()).isZero();
    }

    /// How many dead letters no agent knows of.
    private static double unheard() throws Exception {
        return scraped("lull_bridge_dead_letter_notes_total{exit=\"no_chat\"}");
    }

    private static double scraped(String series) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(world.admin("/metrics")).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Ran lull(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("dlq", command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", settings.toString()));
        return Ran.lull(all.toArray(String[]::new));
    }

    private static String id(Ran listed) {
        return listed.out().split(" ", 2)[0];
    }

    private static List<DeadLetterHandled> handled(String id) {
        return world.records(Topics.DEAD_LETTER_HANDLED.name()).stream()
                .filter(record -> record.key().equals(id))
                .map(record -> {
                    try {
                        return Json.read(record.value(), DeadLetterHandled.class);
                    } catch (UnreadableJson e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
