package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Conversations that the business begins, from `POST /conversations` to the customer's phone, and from
/// the answer to the chat of an agent. Each test has customers of its own.
@Tag("proof")
final class ConversationsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static LocalOptions options;

    private final OpenApiPage routes = OpenApiPage.read("openapi.yaml");

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        LocalLull lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), Map.of("turn.gap", "1s"), COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    /// The function of `docs/conversations.md`, as it stands there.
    @Test
    void theFunctionForAGuideBeginsAConversationOnceAndSaysWhatIsWrong() throws Exception {
        assumeTrue(hasPython(), "Python is not on the path");
        Matcher block = Pattern.compile("(?s)```python\n(.*?)```")
                .matcher(Files.readString(Path.of("..", "..", "docs", "conversations.md")));
        assertThat(block.find()).isTrue();
        Files.writeString(directory.resolve("guide.py"), block.group(1) + """

                import sys
                print(json.dumps(handler(json.loads(sys.argv[1]), None)))
                """.stripIndent());
        String customer = "15550081901";
        String event = "{'Details':{'ContactData':{'ContactId':'c-1'},'Parameters':{'customer':'+" + customer
                + "','template':'order_shipped','language':'en_US','1':'17','by':'Ana','note':'Call back','queue':'sales'}}}";

        JsonNode first = guide(event);
        JsonNode again = guide(event);
        JsonNode wrong = guide(event.replace("+" + customer, "17"));

        assertThat(first.path("status").asText()).as(first.toString()).isEqualTo("accepted");
        assertThat(again).isEqualTo(first);
        assertThat(wrong.path("status").asText()).isEqualTo("refused");
        assertThat(wrong.path("error").asText()).contains("to.phone must be");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.phone(customer))
                        .singleElement()
                        .satisfies(message -> assertThat(message.toString()).contains("\"17\"")));
        world.says(customer, "Yes");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer))
                        .first()
                        .asString()
                        .matches("(?s)\\[Ana sent the template order_shipped at .* UTC] 17\nCall back"));
        assertThat(world.chats(customer).getFirst().at("/attributes/queue").asText())
                .isEqualTo("sales");
    }

    private static JsonNode guide(String event) throws Exception {
        ProcessBuilder python = new ProcessBuilder(
                        "python3", directory.resolve("guide.py").toString(), event.replace('\'', '"'))
                .redirectErrorStream(true);
        python.environment()
                .putAll(Map.of(
                        "LULL_URL",
                        "http://localhost:" + options.ingressPort(),
                        "LULL_TOKEN",
                        LocalLull.REPLIES_TOKEN,
                        "LULL_NUMBER",
                        World.NUMBER));
        Process process = python.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return World.tree(said);
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theAnswerOpensAChatWithWhatWasSentAndByWhom() {
        String customer = "15550081001";
        JsonNode accepted = begin(customer, "key-1");
        // A program that does not know whether it was heard asks again.
        assertThat(begin(customer, "key-1")).isEqualTo(accepted);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.phone(customer))
                        .singleElement()
                        .satisfies(message -> {
                            assertThat(message.at("/content/name").asText()).isEqualTo("order_shipped");
                            assertThat(message.toString()).contains("\"17\"");
                        }));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(accepted.path("status").asText())
                                .path("status")
                                .asText())
                        .isIn("delivered", "read"));
        assertThat(world.chats(customer)).isEmpty();

        world.says(customer, "Yes, please call me");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).hasSize(2));
        assertThat(world.customerTexts(customer).getFirst())
                .matches("(?s)\\[Ana sent the template order_shipped at .* UTC] 17\nAsked for a call");
        assertThat(world.customerTexts(customer).getLast()).isEqualTo("Yes, please call me");
        JsonNode chat = world.chats(customer).getFirst();
        assertThat(chat.at("/attributes/queue").asText()).isEqualTo("sales");
        assertThat(chat.at("/attributes/begunWith").asText()).isEqualTo("order_shipped");
        assertThat(chat.at("/attributes/begunBy").asText()).isEqualTo("Ana");
        assertThat(chat.at("/attributes/channel").asText()).isEqualTo("WhatsApp");

        // Only the first answer has it.
        world.agent(chat, "/end", "{}");
        await().atMost(PATIENCE)
                .until(() -> world.records(Topics.CHAT.name()).stream()
                        .anyMatch(record ->
                                record.key().equals(chat.path("contactId").asText())
                                        && new String(record.value(), UTF_8).contains("endedAt")));
        world.says(customer, "One more thing");
        await().atMost(PATIENCE).until(() -> world.chats(customer).size() == 2);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                World.customerTexts(world.chats(customer).getLast()))
                        .containsExactly("One more thing"));
        assertThat(world.chats(customer).getLast().at("/attributes/queue").isMissingNode())
                .isTrue();
    }

    @Test
    void theAgentOfAnOpenChatReadsItAtOnceAndTheAnswerBringsTheAttributes() {
        String customer = "15550081002";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Hello"));

        begin(customer, "key-2");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer))
                        .hasSize(2)
                        .last()
                        .satisfies(note -> assertThat(note)
                                .startsWith("[Ana sent the template order_shipped at ")
                                .endsWith("17\nAsked for a call")));
        // Another one soon after it is as important.
        begin(customer, "key-2-again");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer))
                        .hasSize(3)
                        .last()
                        .asString()
                        .startsWith("[Ana sent the template order_shipped at "));
        world.says(customer, "Fine");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).hasSize(4));
        assertThat(world.customerTexts(customer).getLast()).isEqualTo("Fine");
        assertThat(world.chats(customer))
                .singleElement()
                .satisfies(chat ->
                        assertThat(chat.at("/attributes/queue").asText()).isEqualTo("sales"));
    }

    @Test
    void anAnswerWithTheUserIdOnlyFindsTheTemplateThatWentToTheNumber() {
        String phone = "15550081003";
        String userId = "US.8100300000000001";
        begin(phone, "key-3");
        await().atMost(PATIENCE).until(() -> world.phone(phone).size() == 1);
        JsonNode sent = world.phone(phone).getFirst();
        post(
                "statuses",
                Json.object()
                        .put("id", sent.path("wamid").asText())
                        .put("status", "read")
                        .put("timestamp", Long.toString(Instant.now().getEpochSecond()))
                        .put("recipient_id", phone)
                        .put("recipient_user_id", userId)
                        .put(
                                "biz_opaque_callback_data",
                                sent.path("bizOpaqueCallbackData").asText()));
        await().atMost(PATIENCE)
                .until(() -> world.records(Topics.CONVERSATION_BEGUN.name()).stream()
                        .anyMatch(record -> record.key().endsWith("/ids")));

        ObjectNode message = Json.object()
                .put("id", World.newId())
                .put("timestamp", Long.toString(Instant.now().getEpochSecond()))
                .put("from_user_id", userId)
                .put("type", "text");
        message.putObject("text").put("body", "It is me");
        post("messages", message);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(texts())
                        .anySatisfy(texts -> assertThat(texts).hasSize(2).last().isEqualTo("It is me")));
    }

    @Test
    void aTemplateThatWhatsAppRefusesLeavesNothingBehind() {
        String customer = "15550081004";
        world.fault(world.graph("/"), "{'target':'messages','code':'132001'}");
        JsonNode accepted = begin(customer, "key-4");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(accepted.path("status").asText())
                                .path("status")
                                .asText())
                        .isEqualTo("refused"));
        world.says(customer, "Hello");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).containsExactly("Hello"));
    }

    @Test
    void allProblemsOfARequestAreToldAtOnce() {
        HttpResponse<String> answer = world.send(request("/conversations")
                .header("Idempotency-Key", "wrong")
                .POST(HttpRequest.BodyPublishers.ofString(
                        ("{'to':{'phone':'12'},'from':'telegram.shop','template':{'language':{}},'by':'','attributes':"
                                        + "{'a b':'c','d':5},'colour':'red'}")
                                .replace('\'', '"'))));

        assertThat(answered(400, answer).path("problems").valueStream().map(JsonNode::asText))
                .contains(
                        "to.phone must be a phone number with its country code, of 5 to 15 digits",
                        "template.name is needed",
                        "template.language.code is needed",
                        "by must not be blank",
                        "attributes.a b must have a name of up to 127 letters, digits, - and _",
                        "attributes.d must be text",
                        "colour is not known here");
        answered(
                401,
                world.send(HttpRequest.newBuilder(ingress("/conversations"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))));
        answered(
                415,
                world.send(request("/conversations")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(HttpRequest.BodyPublishers.ofString("--x--"))));
        begin("15550081005", "key-5");
        answered(
                409,
                world.send(request("/conversations")
                        .header("Idempotency-Key", "key-5")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                body("15550081005").replace("Asked", "Has asked")))));
    }

    private JsonNode begin(String customer, String key) {
        return answered(
                202,
                world.send(request("/conversations")
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body(customer)))));
    }

    private static String body(String customer) {
        return ("{'to':{'phone':'+" + customer + "'},'from':'" + World.NUMBER
                        + "','template':{'name':'order_shipped','language':{'code':'en_US'},'components':"
                        + "[{'type':'body','parameters':[{'type':'text','text':'17'}]}]},'by':'Ana',"
                        + "'note':'Asked for a call','attributes':{'queue':'sales','channel':'fax'}}")
                .replace('\'', '"');
    }

    /// What the customers of all chats have said.
    private static List<List<String>> texts() {
        return world.get(world.connect("/_agent/chats"))
                .valueStream()
                .map(World::customerTexts)
                .toList();
    }

    private static void post(String what, ObjectNode one) {
        ObjectNode body = Json.object().put("object", "whatsapp_business_account");
        ObjectNode change = body.putArray("entry")
                .addObject()
                .put("id", "1")
                .putArray("changes")
                .addObject();
        ObjectNode value = change.put("field", "messages").putObject("value").put("messaging_product", "whatsapp");
        value.putObject("metadata").put("display_phone_number", "15550783881").put("phone_number_id", World.NUMBER);
        value.putArray(what).add(one);
        assertThat(world.post(Json.bytes(body)).statusCode()).isEqualTo(200);
    }

    private static JsonNode get(String path) {
        return World.tree(world.send(request(path).GET()).body());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(ingress(path)).header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN);
    }

    private static URI ingress(String path) {
        return URI.create("http://localhost:" + options.ingressPort() + path);
    }

    private JsonNode answered(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(routes.statuses("POST", "/conversations")).contains(Integer.toString(status));
        return World.tree(answer.body());
    }
}
