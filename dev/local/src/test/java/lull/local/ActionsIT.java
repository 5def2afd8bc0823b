package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lull.contract.ActionPerformed;
import lull.contract.ActionPerformed.State;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.runtime.Sha256;
import lull.whatsapp.action.registry.Actions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `/actions` answers: descriptions, performed actions, repeated requests, and who may do what. Each test has keys
/// of its own.
final class ActionsIT {

    private static final String READER = "reader-token-0001";
    private static final String CHANGER = "changer-token-001";

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
        lull = LocalLull.start(
                options,
                SharedBroker.empty(),
                Map.of(),
                Map.of("actions.tokens", "ana:change:" + CHANGER + ",report:read:" + READER),
                COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void theListAndTheDescriptionSayWhatCanBeDone() {
        JsonNode list = answered(200, get("/actions", READER));
        JsonNode one = answered(200, get("/actions/create_link", READER));

        assertThat(list.path("actions")).hasSize(Actions.all().size());
        assertThat(list.path("unavailable")).hasSize(Actions.unavailable().size());
        assertThat(one.path("effect").asText()).isEqualTo("change");
        assertThat(one.at("/schema/properties/prefilled_message/maxLength").asInt())
                .isEqualTo(140);
        assertThat(answered(404, get("/actions/create_lnk", READER))
                        .path("error")
                        .asText())
                .contains("create_link");
        assertThat(answered(501, get("/actions/delete_number", READER))
                        .path("error")
                        .asText())
                .contains("WhatsApp Manager");
        assertThat(get("/actions", "wrong-token-00000").statusCode()).isEqualTo(401);
    }

    @Test
    void aChangeIsPerformedOnceForAKeyAndRecordedWithItsAuthor() {
        String body = "{\"prefilled_message\":\"A secret of ours\"}";
        JsonNode done = answered(200, post("/actions/create_link", CHANGER, "once", body));
        JsonNode again = answered(200, post("/actions/create_link", CHANGER, "once", body));

        String code = done.at("/result/code").asText();
        assertThat(code).isNotEmpty();
        assertThat(again.path("repeated").asBoolean()).isTrue();
        assertThat(again.path("reference").asText()).isEqualTo(code);
        assertThat(answered(409, post("/actions/create_link", CHANGER, "once", "{\"prefilled_message\":\"Other\"}"))
                        .path("error")
                        .asText())
                .contains("another request");
        List<ActionPerformed> records = records("create_link", code);
        assertThat(records).extracting(ActionPerformed::state).containsExactly(State.STARTED, State.DONE);
        assertThat(records).allSatisfy(each -> {
            assertThat(each.by()).isEqualTo("ana");
            assertThat(each.number()).isEqualTo(LocalLull.BUSINESS_NUMBER);
            assertThat(Json.text(each)).doesNotContain("secret");
        });
    }

    @Test
    void aReaderMayReadAndNotChange() {
        assertThat(answered(200, post("/actions/get_profile", READER, "", "{}"))
                        .path("outcome")
                        .asText())
                .isEqualTo("done");
        answered(403, post("/actions/update_profile", READER, "x", "{\"about\":\"Hi\"}"));
    }

    @Test
    void allProblemsAreAnsweredAtOnceAndNothingIsCalled() {
        JsonNode answer =
                answered(400, post("/actions/delete_template", CHANGER, "problems", "{\"name\":\"A B\",\"x\":1}"));

        assertThat(answer.path("problems")).hasSize(3);
        assertThat(answer.path("problems").toString())
                .contains("confirm=true is required", "name must be", "x is not a parameter");
        assertThat(answered(400, post("/actions/create_link", CHANGER, "", "{}"))
                        .path("error")
                        .asText())
                .contains("Idempotency-Key");
        answered(400, post("/actions/create_link", CHANGER, "deep", "[".repeat(1000)));
        answered(400, post("/actions/create_link", CHANGER, "text", "\"text\""));
    }

    @Test
    void aRefusalHasWhatsAppsCodeAndWhatToDo() {
        String body = "{\"code\":\"NONE\",\"prefilled_message\":\"Hi\"}";
        JsonNode refused = answered(422, post("/actions/update_link", CHANGER, "refused", body));

        assertThat(refused.path("outcome").asText()).isEqualTo("refused");
        assertThat(refused.path("code").asInt()).isEqualTo(100);
        assertThat(refused.path("advice").asText()).isNotEmpty();
        assertThat(answered(422, post("/actions/update_link", CHANGER, "refused", body))
                        .path("repeated")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whatWasNotDoneIsTriedAgainWithTheSameKey() {
        world.fault(world.graph("/"), "{'target':'business','code':'80007'}");
        String body = "{\"prefilled_message\":\"Again\"}";

        assertThat(answered(503, post("/actions/create_link", CHANGER, "again", body))
                        .path("outcome")
                        .asText())
                .isEqualTo("later");
        assertThat(answered(200, post("/actions/create_link", CHANGER, "again", body))
                        .path("outcome")
                        .asText())
                .isEqualTo("done");
    }

    @Test
    void anActionWithoutAResultIsInDoubt() throws Exception {
        String body = "{\"prefilled_message\":\"Doubt\"}";
        String id = Sha256.hex("ana\ndoubt").substring(0, 32);
        ActionPerformed start = new ActionPerformed(
                "attempt",
                "create_link",
                State.STARTED,
                "ana",
                Instant.now().minus(Duration.ofHours(1)),
                Sha256.hex("create_link\n{\"prefilled_message\":\"Doubt\",\"number\":\"" + LocalLull.BUSINESS_NUMBER
                        + "\"}"),
                null,
                null,
                null,
                null);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", lull.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.ACTION_PERFORMED.name(), Json.utf8(id), Json.bytes(start)))
                    .get();
        }

        JsonNode answer = answered(409, post("/actions/create_link", CHANGER, "doubt", body));

        assertThat(answer.path("outcome").asText()).isEqualTo("in_doubt");
        assertThat(answer.path("error").asText()).contains("unknown whether this request was performed");
    }

    @Test
    void requestsWithOneKeyAtTheSameTimeArePerformedOnce() throws Exception {
        String body = "{\"prefilled_message\":\"Together\"}";
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> post("/actions/create_link", CHANGER, "together", body)));
        }
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> each : answers) {
            statuses.add(each.get(1, TimeUnit.MINUTES).statusCode());
        }

        assertThat(statuses).isSubsetOf(200, 409);
        JsonNode links = answered(200, post("/actions/list_links", READER, "", "{\"limit\":1000}"))
                .at("/result/data");
        int together = 0;
        for (JsonNode link : links) {
            together += link.path("prefilled_message").asText().equals("Together") ? 1 : 0;
        }
        assertThat(together).isEqualTo(1);
    }

    @Test
    void theCommandListsDescribesAndRuns() throws Exception {
        String url = "http://localhost:" + options.ingressPort();
        Ran run = Ran.lull(
                "whatsapp",
                "run",
                "create_link",
                "--url",
                url,
                "--token",
                CHANGER,
                "--param",
                "prefilled_message=Command");
        Ran json = Ran.lull("whatsapp", "run", "list_links", "--url", url, "--token", READER, "--json");
        Ran wrong = Ran.lull(
                "whatsapp", "run", "create_link", "--url", url, "--token", CHANGER, "--param", "prefilled_message=");
        Path file = Files.writeString(directory.resolve("note.txt"), "Hello");
        Ran upload = Ran.lull(
                "whatsapp",
                "run",
                "upload_media",
                "--url",
                url,
                "--token",
                CHANGER,
                "--param",
                "file=@" + file,
                "--json");
        Path copy = directory.resolve("copy.txt");
        Ran download = Ran.lull(
                "whatsapp",
                "run",
                "download_media",
                "--url",
                url,
                "--token",
                READER,
                "--out",
                copy.toString(),
                "--param",
                "media=" + World.tree(upload.out()).at("/result/id").asText());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("deep_link_url: https://wa.me/message/");
        assertThat(json.out()).contains("\"outcome\":\"done\"");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("prefilled_message must be text of 1 to 140 characters");
        assertThat(download.exitCode()).as(download.err()).isZero();
        assertThat(copy).hasContent("Hello");
    }

    private List<ActionPerformed> records(String action, String reference) {
        List<ActionPerformed> all = world.records(Topics.ACTION_PERFORMED.name()).stream()
                .map(record -> {
                    try {
                        return Json.read(record.value(), ActionPerformed.class);
                    } catch (UnreadableJson e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(each -> each.action().equals(action))
                .toList();
        String attempt = all.stream()
                .filter(each -> reference.equals(each.reference()))
                .findFirst()
                .orElseThrow()
                .attempt();
        return all.stream().filter(each -> each.attempt().equals(attempt)).toList();
    }

    private static HttpResponse<String> get(String path, String token) {
        return world.send(request(path, token).GET());
    }

    private static HttpResponse<String> post(String path, String token, String key, String body) {
        HttpRequest.Builder request = request(path, token).header("Content-Type", "application/json");
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return world.send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + options.ingressPort() + path))
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode answered(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        String path = answer.uri().getPath().equals("/actions") ? "/actions" : "/actions/{name}";
        assertThat(routes.statuses(answer.request().method(), path)).contains(Integer.toString(status));
        return World.tree(answer.body());
    }
}
