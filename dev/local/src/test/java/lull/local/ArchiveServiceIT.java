package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.write.Follower;
import lull.archive.write.RowWriter;
import lull.contract.json.Json;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive beside the whole system: webhooks go in, and rows, searches and journeys come out,
/// the same ones whatever happens to its process.
@Tag("proof")
final class ArchiveServiceIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CUSTOMER = "15550000811";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static LocalOptions options;
    private static World world;
    private static String broker;
    private static String message;

    @BeforeAll
    static void talk() throws Exception {
        options = World.options(directory);
        broker = SharedBroker.empty();
        LocalLull lull = LocalLull.start(options, broker, Map.of(), Map.of("turn.gap", "500ms"), COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, broker));
        message = world.says(CUSTOMER, "Where is my parcel?");
        await().atMost(PATIENCE).until(() -> !world.chats(CUSTOMER).isEmpty());
        world.agentSays(world.chats(CUSTOMER).getFirst(), "It is on its way");
        await().atMost(PATIENCE).until(() -> !world.phone(CUSTOMER).isEmpty());
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void findsWhatWasSaidInBothDirections() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(texts("/search?words=PARCEL")).containsExactly("Where is my parcel?"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(texts("/messages?direction=out")).containsExactly("It is on its way"));
    }

    @Test
    void showsTheJourneyOfAMessageAndOfItsReply() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(steps(message))
                        .containsSubsequence("message_received", "turn_closed")
                        .contains("chat_opened", "part_accepted"));
        String reply =
                get("/messages?direction=out").path("items").path(0).path("id").asText();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(steps(reply))
                        .contains("chat_event", "reply_requested", "reply_intended", "reply_sent", "status_received"));
    }

    @Test
    void commandsShowConversationsMessagesAndSteps() {
        String url = "http://localhost:" + options.archivePort();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                Ran.lull("search", "parcel", "--url", url).out())
                        .contains("Where is my parcel?"));
        assertThat(Ran.lull("messages", "--direction", "in", "--url", url).out())
                .contains("Where is my parcel?")
                .doesNotContain("It is on its way");
        assertThat(Ran.lull("conversations", "--url", url).out()).contains(World.NUMBER + "|");
        String conversation =
                get("/conversations").path("items").path(0).path("conversation").asText();
        assertThat(Ran.lull("conversations", "--archive", conversation, "--by", "ana", "--url", url)
                        .out())
                .contains("archived");
        assertThat(Ran.lull("conversations", "--no-archived", "--url", url).out())
                .doesNotContain(conversation);
        assertThat(Ran.lull("conversations", "--unarchive", conversation, "--url", url)
                        .out())
                .doesNotContain("archived");
        assertThat(Ran.lull("trace", message, "--url", url).out())
                .contains("message_received", "turn_closed", "whatsapp.turn.closed-");
        assertThat(Ran.lull("trace", message, "--json", "--url", url).out()).startsWith("{\"id\":");
        assertThat(Ran.lull("trace", "nothing", "--url", url).exitCode()).isEqualTo(1);
    }

    @Test
    void writesConversationsForTheBenchmarkOfGapsWithoutTextsAndIds() throws Exception {
        Path folder = directory.resolve("traces");
        String url = options.uri(options.archivePort(), "").toString();

        Ran traces = Ran.lull("gap", "traces", "--out", folder.toString(), "--url", url);

        assertThat(traces.exitCode()).as(traces.err()).isZero();
        assertThat(folder.resolve("conversations.jsonl"))
                .content()
                .contains("\"src\":\"" + World.NUMBER + "\",\"customer\":0")
                .contains("[0,0,19,4,\"q\",0,0]")
                .doesNotContain(CUSTOMER)
                .doesNotContain("parcel");
        assertThat(Ran.lull("gap", "traces", "--out", folder.toString(), "--number", "1", "--url", url)
                        .err())
                .contains("no messages of customers in this time");
        Ran advice = Ran.lull("gap", "advise", "--gap", "1s", "--url", url);
        assertThat(advice.exitCode()).as(advice.err()).isZero();
        assertThat(advice.out()).contains("messages of customers in").contains("Too few for any advice");
        assertThat(Ran.lull("gap", "advise", "--json", "--url", url).out()).startsWith("{\"at\":\"");
    }

    @Test
    void refusesWhoHasNoTokenAndWhatItDoesNotKnow() {
        assertThat(send("/conversations", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(send("/conversations?nmber=1", "Bearer " + LocalLull.ARCHIVE_TOKEN)
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("/journeys/nothing", "Bearer " + LocalLull.ARCHIVE_TOKEN)
                        .statusCode())
                .isEqualTo(404);
    }

    /// Whose database is closed while it writes has the rest of the batch neither in rows nor in
    /// offsets.
    @Test
    void holdsTheSameRowsAfterKillsAndBesideAnotherProcess() throws Exception {
        try (ArchiveDatabase whole = Archives.open(directory.resolve("whole"));
                Lifecycle components = new Lifecycle()) {
            whole.migrate();
            components
                    .add("follower", Archives.follower(broker, whole, "archive-whole", 500))
                    .start();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Archives.rows(whole)).isNotEmpty());

            for (int kill = 0; kill < 3; kill++) {
                killWhileItWrites();
            }
            try (ArchiveDatabase killed = Archives.open(directory.resolve("killed"));
                    Lifecycle both = new Lifecycle()) {
                both.add("one", Archives.follower(broker, killed, "archive-one", 3))
                        .start();
                both.add("other", Archives.follower(broker, killed, "archive-other", 5))
                        .start();

                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(Archives.rows(killed)).isEqualTo(Archives.rows(whole)));
            }
        }
    }

    private static void killWhileItWrites() throws Exception {
        ArchiveDatabase database = Archives.open(directory.resolve("killed"));
        Follower follower = Archives.follower(broker, database, "archive-killed", 1);
        RowWriter writer = Archives.writer(database);
        long before = database.problem(Duration.ofSeconds(1)).isEmpty() ? positions(writer) : 0;
        follower.start();
        await().atMost(PATIENCE).until(() -> positions(writer) > before || positions(writer) > 0);
        database.close();
        follower.close();
    }

    private static long positions(RowWriter writer) {
        try {
            return writer.positions().values().stream().mapToLong(next -> next).sum();
        } catch (RuntimeException e) {
            // The tables are not there yet.
            return 0;
        }
    }

    private static List<String> texts(String path) {
        List<String> texts = new ArrayList<>();
        get(path).path("items").forEach(item -> texts.add(item.path("text").asText()));
        return texts;
    }

    private static List<String> steps(String id) {
        List<String> steps = new ArrayList<>();
        get("/journeys/" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                .path("steps")
                .forEach(step -> steps.add(step.path("step").asText()));
        return steps;
    }

    private static JsonNode get(String path) {
        try {
            return Json.tree(
                    send(path, "Bearer " + LocalLull.ARCHIVE_TOKEN).body().getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> send(String path, String authorization) {
        return world.send(HttpRequest.newBuilder(URI.create("http://localhost:" + options.archivePort() + path))
                .header("Authorization", authorization));
    }
}
