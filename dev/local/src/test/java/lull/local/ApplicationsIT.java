package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.ingress.http.TestWebhook;
import lull.runtime.Lifecycle;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From the bytes of webhooks to an application over HTTP and back to WhatsApp, with faults, a hand-over to an agent,
/// and the way back to the application.
final class ApplicationsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Its turns go to the application.
    private static final String NUMBER = "100000000000031";

    private static final String PERSON = "A person, please";
    private static final String PERSON_BADLY = "A person, whatever it takes";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();

    /// The texts that the application has got, by customer; one that it gets again is there twice.
    private static final Map<String, List<String>> GOT = new ConcurrentHashMap<>();

    private static final List<String> IDS = new CopyOnWriteArrayList<>();

    /// How often it fails before it takes the next turn.
    private static final AtomicInteger FAILURES = new AtomicInteger();

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        HttpServer bot = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bot.setExecutor(COMPONENTS.add("threads of the bot", Executors.newVirtualThreadPerTaskExecutor()));
        bot.createContext("/turns", ApplicationsIT::answer);
        bot.start();
        COMPONENTS.add("bot", () -> bot.stop(0));
        world = World.ofOneJvm(
                directory,
                Map.of(
                        "destinations",
                        "echo",
                        "destination.echo.kind",
                        "http",
                        "destination.echo.url",
                        "http://localhost:" + bot.getAddress().getPort() + "/turns",
                        "destination.echo.secrets",
                        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX",
                        "routes",
                        "echo: number=" + NUMBER + ", to=echo",
                        "replies.tokens",
                        "secret"),
                COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void anApplicationGetsTheWholeTurnAndItsReplyArrives() {
        String customer = "15550009001";
        world.says(NUMBER, customer, "Hello");
        world.says(NUMBER, customer, "you?");

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).equals(List.of("You said: Hello\nyou?")));
        assertThat(GOT.get(customer)).containsExactly("Hello\nyou?");
        assertThat(world.chats(customer)).isEmpty();
    }

    @Test
    void aReplyByPhoneFindsTheConversationByUserIdAlthoughThereIsNoChat() throws UnreadableJson {
        String phone = "15550009009";
        String userId = "US.91" + phone;
        ObjectNode webhook = (ObjectNode)
                Json.tree(new TestWebhook(NUMBER, phone, "Ana").text(World.newId(), "Is it ready?", Instant.now()));
        JsonNode value = webhook.at("/entry/0/changes/0/value");
        ((ObjectNode) value.at("/messages/0")).put("from_user_id", userId);
        ((ObjectNode) value.at("/contacts/0")).put("user_id", userId);
        assertThat(world.post(Json.bytes(webhook)).statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> world.phoneTexts(phone).equals(List.of("You said: Is it ready?")));

        world.asks("'from':'" + NUMBER + "','to':{'phone':'" + phone + "'}", "It is");

        await().atMost(PATIENCE).until(() -> world.phoneTexts(phone).contains("It is"));
        assertThat(world.chats(phone)).isEmpty();
        assertThat(world.records(Topics.REPLY_REQUESTED.name()))
                .filteredOn(record -> new String(record.value(), UTF_8).contains("\"It is\""))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder(NUMBER + "|" + phone, NUMBER + "|" + userId);
    }

    @Test
    void aFailureOfTheMomentCostsNothing() {
        String customer = "15550009002";
        FAILURES.set(2);
        world.says(NUMBER, customer, "Are you there?");

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).equals(List.of("You said: Are you there?")));
        assertThat(world.records(Topics.APPLICATION_TURN_CLOSED.deadLetters().name()))
                .isEmpty();
    }

    @Test
    void aHandOverTakesTheConversationToAnAgentUntilTheChatHasEnded() {
        String customer = "15550009003";
        world.says(NUMBER, customer, "First");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).equals(List.of("You said: First")));

        world.says(NUMBER, customer, PERSON);
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains(PERSON));
        assertThat(world.customerTexts(customer)).containsExactly("""
                        [handed over by an application] asked
                        Wants a person
                        [before]
                        Customer: First
                        Application: You said: First""", PERSON);
        JsonNode chat = world.chats(customer).getFirst();
        assertThat(chat.at("/attributes/queue").asText()).isEqualTo("people");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("One moment"));

        world.says(NUMBER, customer, "Are you a person?");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Are you a person?"));
        world.agentSays(chat, "I am");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("I am"));
        assertThat(GOT.get(customer)).containsExactly("First", PERSON);

        world.agent(chat, "/end", "{}");
        await().atMost(PATIENCE)
                .until(() -> world.records(Topics.CHAT.name()).stream()
                        .anyMatch(record ->
                                record.key().equals(chat.path("contactId").asText())
                                        && new String(record.value(), UTF_8).contains("endedAt\":\"")));
        world.says(NUMBER, customer, "Back again");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("You said: Back again"));
        assertThat(world.chats(customer)).hasSize(1);
    }

    @Test
    void aHandOverWithAMistakeReachesAnAgentAllTheSame() {
        String customer = "15550009005";
        world.says(NUMBER, customer, PERSON_BADLY);

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains(PERSON_BADLY));
        JsonNode chat = world.chats(customer).getFirst();
        assertThat(chat.at("/attributes/queue").asText()).isEqualTo("people");
        assertThat(chat.at("/attributes/handOverReason").asText()).isEqualTo("r".repeat(256));
        assertThat(world.records(Topics.TURN_CLOSED.deadLetters().name())).isEmpty();
    }

    @Test
    void otherNumbersGoToAmazonConnectAsEver() {
        String customer = "15550009004";
        world.says(customer, "To people");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("To people")));
        assertThat(GOT).doesNotContainKey(customer);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        IDS.add(exchange.getRequestHeaders().getFirst("webhook-id"));
        if (FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            respond(exchange, 503, "");
            return;
        }
        JsonNode turn;
        try {
            turn = Json.tree(body).path("data");
        } catch (UnreadableJson e) {
            respond(exchange, 400, "");
            return;
        }
        String text = turn.path("text").asText();
        GOT.computeIfAbsent(turn.at("/customer/phone").asText(), _ -> new CopyOnWriteArrayList<>())
                .add(text);
        respond(exchange, 200, new String(Json.bytes(answerTo(text)), UTF_8));
    }

    private static JsonNode answerTo(String text) {
        return switch (text) {
            case PERSON -> handOver();
            case PERSON_BADLY -> badHandOver();
            default -> echo(text);
        };
    }

    /// Its reason is too long, and Amazon Connect accepts no attribute of this name.
    private static JsonNode badHandOver() {
        var answer = Json.object();
        answer.putObject("handover")
                .put("reason", "r".repeat(2_000))
                .putObject("attributes")
                .put("queue", "people")
                .put("a b", "c");
        return answer;
    }

    private static JsonNode echo(String text) {
        var answer = Json.object();
        var reply = answer.putArray("replies").addObject();
        reply.put("type", "text").putObject("text").put("body", "You said: " + text);
        return answer;
    }

    private static JsonNode handOver() {
        var answer = Json.object();
        var reply = answer.putArray("replies").addObject();
        reply.put("type", "text").putObject("text").put("body", "One moment");
        answer.putObject("handover")
                .put("reason", "asked")
                .put("note", "Wants a person")
                .putObject("attributes")
                .put("queue", "people");
        return answer;
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
