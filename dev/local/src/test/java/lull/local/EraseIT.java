package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.runtime.Sha256;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/lull erase` beside the whole system: what was kept of one customer is gone, and of another one
/// nothing is.
@Tag("proof")
final class EraseIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String OLD = "15550000901";
    private static final String NEW = "15550000902";
    private static final String OTHER = "15550000903";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static LocalOptions options;
    private static LocalLull lull;
    private static World world;
    private static String broker;

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        broker = SharedBroker.empty();
        lull = LocalLull.start(
                options,
                broker,
                Map.of(),
                Map.of(
                        "turn.gap",
                        "500ms",
                        "media.kept",
                        directory.resolve("kept").toString()),
                COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, broker));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void nothingOfTheCustomerIsLeftAndTheOtherKeepsEverything() throws Exception {
        for (String customer : List.of(OLD, OTHER)) {
            world.says(customer, "Where is my parcel?");
            photo(customer, "of both");
            photo(customer, "of " + customer);
            await().atMost(PATIENCE).until(() -> !world.chats(customer).isEmpty());
            world.agentSays(world.chats(customer).getFirst(), "On its way");
            await().atMost(PATIENCE).until(() -> !world.phone(customer).isEmpty());
            await().atMost(PATIENCE)
                    .until(() ->
                            world.attached(world.chats(customer).getFirst()).size() == 2);
        }
        JsonNode chat = world.chats(OLD).getFirst();
        world.sends(
                OLD,
                "{'type':'system','system':{'type':'user_changed_number','wa_id':'" + NEW + "','body':'Changed'}}");
        world.says(NEW, "This is my new number");
        await().atMost(PATIENCE).until(() -> world.customerTexts(OLD).contains("This is my new number"));
        await().atMost(PATIENCE).until(() -> archived(NEW) > 0 && files(OLD) == 2 && files(OTHER) == 2);
        assertThat(kept("of both", "of " + OLD, "of " + OTHER)).isEqualTo("true true true");
        String[] ids = {"--phone", NEW, "--phone", "+" + OLD};
        await().atMost(PATIENCE)
                .until(() -> erase("--phone", NEW, "--dry-run").out().contains("  " + OLD));
        Ran elsewhere = Ran.lull(
                "erase",
                "--config",
                task("+" + NEW),
                "--url",
                "http://localhost:" + options.archivePort(),
                "--dry-run");
        assertThat(elsewhere.out() + elsewhere.err())
                .contains("Related ids. Find each", "  ****" + OLD.substring(OLD.length() - 4))
                .doesNotContain(OLD, NEW);
        Ran half = erase("--phone", NEW);
        assertThat(half.exitCode()).as(half.out()).isOne();
        assertThat(half.out()).contains("Related ids. Give each", "  " + OLD, "Nothing was deleted yet");
        Ran early = erase(ids, "--dry-run");

        assertThat(early.exitCode()).as(early.out()).isZero();
        assertThat(early.out())
                .contains(
                        "Would be deleted:",
                        "whatsapp.customer.alias",
                        "archive, table message ",
                        "archive, table message_file ",
                        "media store, files ",
                        "messages of others have the same bytes:\n  " + Sha256.hex("of both"),
                        "whatsapp.message.received ",
                        "open chats, which end ",
                        chat.path("contactId").asText() + "  open")
                .doesNotContain("Related ids");
        assertThat(archived(NEW)).isPositive();
        assertThat(kept("of " + OLD)).isEqualTo("true");

        assertThat(world.chats(OLD).getFirst().path("state").asText()).isNotEqualTo("ENDED");
        Ran erased = erase(ids, "--by", "dana");

        assertThat(erased.exitCode()).as(erased.out() + erased.err()).isZero();
        assertThat(erased.out())
                .contains(
                        "Deleted:",
                        "open chats, which end ",
                        "connect.chat ",
                        "aggregator of whatsapp.message.received",
                        "archive, table hop")
                .contains("Stays in Kafka until its retention ends")
                .contains(chat.path("contactId").asText());
        assertThat(kept()).noneMatch(record -> record.contains(OLD) || record.contains(NEW));
        assertThat(kept()).anyMatch(record -> record.contains(OTHER));
        assertThat(kept("of both", "of " + OLD, "of " + OTHER)).isEqualTo("true false true");
        assertThat(archived(OLD) + archived(NEW)).isZero();
        assertThat(archived(OTHER)).isPositive();
        Ran again = erase(ids, "--dry-run");
        assertThat(again.exitCode()).as(again.out()).isZero();
        assertThat(again.out()).contains("Would be deleted:\n  nothing");
        // Amazon Connect may still say that the chat has ended.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stays(ids, "connect.chat.event"))
                        .as("what Amazon Connect repeats of the customer's words, and what the agent wrote")
                        .isEqualTo(records(
                                "connect.chat.event", chat.path("contactId").asText()))
                        .isPositive());
        assertThat(stays(ids, "whatsapp.reply.sent")).isPositive();
        assertThat(erased.out())
                .as("old versions in compacted topics")
                .containsPattern("connect\\.chat +[1-9][0-9]* +compaction")
                .containsPattern("open-turns-changelog +[1-9][0-9]* +compaction");

        world.says(NEW, "Hello again");
        await().atMost(PATIENCE).until(() -> world.customerTexts(NEW).contains("Hello again"));
    }

    @Test
    void wrongCallsSayWhatIsWrong() throws Exception {
        assertThat(erase().err()).contains("Give the customer with --phone or --user-id");
        assertThat(erase("--phone", "1555 000").err()).contains("--phone must be a number in digits");
        // The archive answers as soon as it has made its tables.
        await().atMost(PATIENCE).untilAsserted(() -> {
            Ran nothing = erase("--user-id", "US.99999", "--dry-run");
            assertThat(nothing.out()).as(nothing.err()).contains("Lull has nothing with these ids");
        });
        assertThat(erase("--user-id", "a|b").err()).contains("--user-id must be an id such as");
        assertThat(erase("--phone", OTHER, "--wait", "2h").err()).contains("--wait must be from 0s to 1h");
        Ran alone = Ran.lull(
                "erase", "--phone", OTHER, "--config", configuration(), "--url", "http://localhost:1", "--dry-run");
        assertThat(alone.exitCode()).isOne();
        assertThat(alone.err()).contains("No archive answers at http://localhost:1");
        assertThat(Json.tree(erase("--phone", OTHER, "--dry-run", "--json").out())
                        .path("dryRun")
                        .asBoolean())
                .isTrue();
    }

    /// How many records of a topic the command says are left.
    private static int stays(String[] ids, String topic) throws Exception {
        for (JsonNode held : Json.tree(erase(ids, "--dry-run", "--json").out()).path("stays")) {
            if (held.path("topic").asText().equals(topic)) {
                return held.path("records").asInt();
            }
        }
        return 0;
    }

    private static int records(String topic, String key) {
        return (int) TopicReader.all(broker, topic).stream()
                .filter(record -> key.equals(record.key()))
                .count();
    }

    private static Ran erase(String[] ids, String... arguments) throws IOException {
        return erase(Stream.of(ids, arguments).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private static Ran erase(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("erase", "--config", configuration()));
        all.addAll(List.of("--url", "http://localhost:" + options.archivePort()));
        all.addAll(Arrays.asList(arguments));
        return Ran.lull(all.toArray(String[]::new));
    }

    private static String configuration() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("kafka.bootstrap.servers", broker);
        Path file = directory.resolve("erase.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file.toString();
    }

    /// The settings of a task, whose output others may read.
    private static String task(String ids) throws IOException {
        Path file = directory.resolve("task.properties");
        return Files.writeString(file, "kafka.bootstrap.servers=" + broker + "\nerase.ids=" + ids)
                .toString();
    }

    private static void photo(String customer, String bytes) {
        String id = world.uploads(bytes.getBytes(StandardCharsets.UTF_8), "image/jpeg");
        world.sends(customer, "{'type':'image','image':{'id':'" + id + "','mime_type':'image/jpeg'}}");
    }

    /// Whether the media store has files with these bytes.
    private static String kept(String... files) {
        return Arrays.stream(files)
                .map(Sha256::hex)
                .map(digest -> directory
                        .resolve("kept")
                        .resolve(digest.substring(0, 2))
                        .resolve(digest))
                .map(file -> Boolean.toString(Files.exists(file)))
                .collect(Collectors.joining(" "));
    }

    private static int archived(String sender) {
        return count(sender, "\"id\":");
    }

    private static int files(String sender) {
        return count(sender, "\"sha256\":");
    }

    private static int count(String sender, String member) {
        return world.send(HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + options.archivePort() + "/messages?sender=" + sender))
                                .header("Authorization", "Bearer " + LocalLull.ARCHIVE_TOKEN))
                        .body()
                        .split(member, -1)
                        .length
                - 1;
    }

    /// The latest record of each key of the topics that keep them, the aggregator's stores among them,
    /// as text.
    private static List<String> kept() {
        List<String> kept = new ArrayList<>();
        for (Topic topic : Topics.all(List.of(Topics.MESSAGE_RECEIVED.name()))) {
            if (topic.kept() instanceof Topic.Kept.LatestOfEachKey) {
                Map<String, String> latest = new LinkedHashMap<>();
                for (ConsumerRecord<String, byte[]> record : TopicReader.all(broker, topic.name())) {
                    if (record.value() == null) {
                        latest.remove(record.key());
                    } else {
                        latest.put(record.key(), new String(record.value(), StandardCharsets.UTF_8));
                    }
                }
                latest.forEach((key, value) -> kept.add(topic.name() + " " + key + " " + value));
            }
        }
        return kept;
    }
}
