package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import lull.cli.Configuration;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.DeadLetterReason;
import lull.contract.topic.Topics;
import lull.ingress.IngressService;
import lull.runtime.Lifecycle;
import lull.runtime.Sha256;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.process.ServiceProcess;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `GET /replies/{id}` answers about replies, from their request to WhatsApp's reports. Each test has a customer
/// of its own.
@Tag("proof")
final class ReplyStatusIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static LocalOptions options;
    private static LocalLull lull;

    private final OpenApiPage routes = OpenApiPage.read("openapi.yaml");

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), Map.of("turn.gap", "1s"), COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void aReplyIsKnownAtOnceAndReadInTheEnd() {
        JsonNode accepted = post("15550040001", "{'type':'text','text':{'body':'Hello'}}");
        URI status = ingress(accepted.path("status").asText());

        JsonNode first = answered(200, get(status));
        assertThat(first.path("id")).isEqualTo(accepted.path("id"));
        assertThat(first.path("requestedAt").asText()).isNotEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(status).body()).contains("\"status\":\"read\""));
        JsonNode last = answered(200, get(status));
        assertThat(last.path("status").asText()).isEqualTo("read");
        assertThat(last.path("parts")).hasSize(1);
        assertThat(last.at("/parts/0/messageId").asText())
                .isEqualTo(world.phone("15550040001").getFirst().path("wamid").asText());
    }

    @Test
    void aRefusalHasWhatsAppsCodeAndReason() {
        // The stand-in demands a body of every interactive message.
        URI status = ingress(post("15550040002", "{'type':'interactive','interactive':{'type':'x'}}")
                .path("status")
                .asText());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(status).body()).contains("\"status\":\"refused\""));
        JsonNode part = answered(200, get(status)).at("/parts/0");
        assertThat(part.path("code").asInt()).isPositive();
        assertThat(part.path("reason").asText()).isNotEmpty();
    }

    @Test
    void aLongTextHasAStatusForEachPart() {
        URI status = ingress(post(
                        "15550040003",
                        "{'type':'text','text':{'body':'"
                                + "word ".repeat(1_000).strip() + "'}}")
                .path("status")
                .asText());

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode answer = answered(200, get(status));
            assertThat(answer.path("parts").findValuesAsText("status")).containsExactly("read", "read");
            assertThat(answer.path("status").asText()).isEqualTo("read");
        });
    }

    @Test
    void anotherIngressKnowsWhatHappenedBeforeItsStartAndWhatTheOthersAccept() throws Exception {
        JsonNode accepted = post("15550040004", "{'type':'text','text':{'body':'Hello'}}");
        URI here = ingress(accepted.path("status").asText());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(here).body()).contains("\"status\":\"read\""));

        int port = secondIngress(Map.of());
        URI there =
                URI.create("http://localhost:" + port + accepted.path("status").asText());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(there).body()).contains("\"status\":\"read\""));
        // The first one writes; the second one is asked at once.
        JsonNode next = post("15550040004", "{'type':'text','text':{'body':'Again'}}");
        assertThat(get(URI.create(
                                "http://localhost:" + port + next.path("status").asText()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anUnknownReplySaysSinceWhenRepliesAreKnown() {
        await().atMost(PATIENCE)
                .until(() -> get(ingress("/replies/app-nothing")).statusCode() == 404);
        JsonNode answer = answered(404, get(ingress("/replies/app-nothing")));

        assertThat(Instant.parse(answer.path("since").asText()))
                .isBefore(Instant.now().minus(Duration.ofHours(23)));
        assertThat(answer.path("error").asText()).contains(answer.path("since").asText());
    }

    @Test
    void aDeadLetterIsRefusedWithItsReason() throws Exception {
        String id = ReplyIds.ofApplication(Sha256.hex("dead"));
        ConversationKey conversation = ConversationKey.parse(World.NUMBER + "|15550040005");
        Reply reply = new Reply(
                id,
                conversation,
                new Customer(null, "15550040005", null),
                new ReplyOrigin.Application(null),
                new ReplyContent.Text("Hi"),
                Instant.now());
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                Topics.REPLY_REQUESTED.deadLetters().name(),
                conversation.toString().getBytes(StandardCharsets.UTF_8),
                Json.bytes(reply));
        DeadLetterHeaders.setReason(
                letter.headers(), DeadLetterReason.UNEXPECTED, "Its handling failed", Topics.REPLY_REQUESTED.name());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSetup.at(lull.bootstrapServers()).producer("test"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(letter).get();
        }

        await().atMost(PATIENCE).until(() -> get(ingress("/replies/" + id)).statusCode() == 200);
        JsonNode answer = answered(200, get(ingress("/replies/" + id)));
        assertThat(answer.path("status").asText()).isEqualTo("refused");
        assertThat(answer.path("reason").asText()).isEqualTo("Its handling failed");
    }

    @Test
    void withoutATokenOrWithoutStatusesItIsClosed() throws Exception {
        HttpResponse<String> noToken = world.send(HttpRequest.newBuilder(ingress("/replies/app-1")));
        answered(401, noToken);

        int port = secondIngress(Map.of("replies.status", "false"));
        HttpResponse<String> off = get(URI.create("http://localhost:" + port + "/replies/app-1"));
        assertThat(answered(404, off).path("error").asText()).contains("replies.status");
    }

    private static int secondIngress(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.putAll(Map.of("ingress.port", "0", "admin.port", "0"));
        settings.putAll(more);
        CompletableFuture<Integer> port = new CompletableFuture<>();
        ServiceProcess.start(
                "ingress",
                Configuration.load(Map.of(), settings),
                COMPONENTS,
                context -> port.complete(IngressService.start(context)));
        return port.join();
    }

    private JsonNode answered(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(routes.statuses("GET", "/replies/{id}")).contains(Integer.toString(status));
        return World.tree(answer.body());
    }

    private static JsonNode post(String customer, String message) {
        HttpResponse<String> answer = world.send(HttpRequest.newBuilder(ingress("/replies"))
                .header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN)
                .header("Idempotency-Key", World.newId())
                .POST(HttpRequest.BodyPublishers.ofString(
                        ("{'to':{'phone':'" + customer + "'},'message':" + message + "}").replace('\'', '"'))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return World.tree(answer.body());
    }

    private static HttpResponse<String> get(URI uri) {
        return world.send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN));
    }

    private static URI ingress(String path) {
        return URI.create("http://localhost:" + options.ingressPort() + path);
    }
}
