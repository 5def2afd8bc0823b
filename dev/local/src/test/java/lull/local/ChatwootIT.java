package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import lull.runtime.Lifecycle;
import lull.standins.chatwoot.ChatwootStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From the bytes of webhooks to a desk in Chatwoot and back to WhatsApp, with faults on both ways.
@Tag("proof")
final class ChatwootIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Its turns go to Chatwoot.
    private static final String NUMBER = "100000000000041";

    /// So do those of this number, where a resolved conversation does not go on.
    private static final String FRESH_NUMBER = "100000000000042";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static ChatwootStandIn chatwoot;
    private static World world;
    private static URI callbacks;

    @BeforeAll
    static void start() throws Exception {
        LocalOptions options = World.options(directory);
        callbacks = URI.create("http://localhost:" + options.ingressPort() + "/webhooks/chatwoot/desk");
        chatwoot = COMPONENTS.add("chatwoot", ChatwootStandIn.start("127.0.0.1", 0, Optional.of(callbacks)));
        Map<String, String> settings = new HashMap<>();
        settings.put("turn.gap", "1s");
        settings.put("lane.paused.retry", "1s");
        settings.put("destinations", "desk,fresh");
        for (String name : List.of("desk", "fresh")) {
            settings.put("destination." + name + ".kind", "chatwoot");
            settings.put("destination." + name + ".url", chatwoot.uri().toString());
            settings.put("destination." + name + ".account", Integer.toString(ChatwootStandIn.ACCOUNT));
            settings.put("destination." + name + ".inbox", ChatwootStandIn.INBOX);
            settings.put("destination." + name + ".token", ChatwootStandIn.TOKEN);
        }
        settings.put("destination.desk.callback.secrets", "the-former-secret," + ChatwootStandIn.SECRET);
        settings.put("destination.fresh.reopens", "false");
        settings.put("destination.desk.circuit.failures", "0");
        settings.put("routes", "desk: number=" + NUMBER + ", to=desk; fresh: number=" + FRESH_NUMBER + ", to=fresh");
        LocalLull lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), settings, COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void fourLinesAreOneMessageAndTheAnswerOfAPersonArrivesAsWhatsAppShowsIt() {
        String customer = "15550041001";
        String last = "";
        for (String line : List.of("Hello", "How", "are", "*you*?")) {
            last = world.says(NUMBER, customer, line);
        }

        JsonNode conversation = conversation(customer);
        assertThat(texts(conversation)).containsExactly("Hello\nHow\nare\n\\*you\\*?");
        assertThat(conversation.at("/messages/0/source_id").asText()).isEqualTo(last);
        assertThat(conversation.at("/contact/name").asText()).isNotBlank();
        assertThat(conversation.at("/custom_attributes/business_number").asText())
                .isNotBlank();

        JsonNode said = says(conversation, "'content':'**Well**, see https://shop.example/a_b_c'");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.phoneTexts(customer))
                        .containsExactly("*Well*, see https://shop.example/a_b_c"));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(message(customer, said).path("status").asText())
                                .isIn("delivered", "read"));
        assertThat(world.chats(customer)).as("no chat of Amazon Connect").isEmpty();
    }

    @Test
    void theSameCustomerGoesOnInTheSameConversationAlsoAfterItWasResolved() {
        String customer = "15550041002";
        world.says(NUMBER, customer, "One");
        JsonNode conversation = conversation(customer);
        agent("resolve", conversation, "");
        world.says(NUMBER, customer, "Two");

        await().atMost(PATIENCE).until(() -> texts(conversation(customer)).equals(List.of("One", "Two")));
        assertThat(conversations(customer))
                .singleElement()
                .satisfies(one -> assertThat(one.path("status").asText()).isEqualTo("open"));
    }

    @Test
    void aResolvedConversationEndsWhereTheSettingsSaySo() {
        String customer = "15550041003";
        world.says(FRESH_NUMBER, customer, "One");
        JsonNode conversation = conversation(customer);
        agent("resolve", conversation, "");
        world.says(FRESH_NUMBER, customer, "Two");

        await().atMost(PATIENCE).until(() -> conversations(customer).size() == 2);
        await().atMost(PATIENCE)
                .until(() -> conversations(customer).stream()
                        .map(ChatwootIT::texts)
                        .toList()
                        .equals(List.of(List.of("One"), List.of("Two"))));
    }

    @Test
    void filesComeInOrderWithTheirCaptionsAndEverythingElseInWords() {
        String customer = "15550041004";
        String image = world.uploads("picture".getBytes(StandardCharsets.UTF_8), "image/jpeg");
        world.says(NUMBER, customer, "Look:");
        world.sends(
                NUMBER,
                customer,
                "{\"type\":\"image\",\"image\":{\"id\":\"" + image
                        + "\",\"mime_type\":\"image/jpeg\",\"caption\":\"my _door_\"}}");
        world.sends(
                NUMBER,
                customer,
                "{\"type\":\"location\",\"location\":{\"latitude\":52.5,\"longitude\":13.4,\"name\":\"Home\"}}");
        world.says(NUMBER, customer, "Here I live");

        await().atMost(PATIENCE).until(() -> texts(conversation(customer)).size() == 4);
        JsonNode messages = conversation(customer).path("messages");
        assertThat(texts(conversation(customer)))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("Look:"),
                        second -> assertThat(second).isEqualTo("my \\_door\\_"),
                        third -> assertThat(third)
                                .contains("Home", "https://www.google.com/maps/search/?api=1&query=52.5,13.4"),
                        fourth -> assertThat(fourth).isEqualTo("Here I live"));
        JsonNode file = messages.at("/1/attachments/0");
        assertThat(file.path("file_name").asText()).isEqualTo("image.jpg");
        assertThat(file.path("content_type").asText()).isEqualTo("image/jpeg");
        assertThat(file.path("file_size").asInt()).isEqualTo("picture".length());
    }

    @Test
    void aFileThatWhatsAppDoesNotHaveIsToldInWordsAndNothingWaitsForIt() {
        String customer = "15550041005";
        world.sends(
                NUMBER,
                customer,
                "{\"type\":\"document\",\"document\":{\"id\":\"99999\",\"mime_type\":\"application/pdf\","
                        + "\"filename\":\"[bill](x.example)\",\"caption\":\"Look\"}}");
        world.says(NUMBER, customer, "Well?");

        await().atMost(PATIENCE).until(() -> texts(conversation(customer)).size() == 2);
        assertThat(texts(conversation(customer)).getFirst())
                .contains("Look", "\\[bill\\](")
                .doesNotContain("[bill](");
    }

    @Test
    void aMessageWhoseAnswerGotLostIsThereOnce() {
        String customer = "15550041006";
        world.fault(chatwoot.uri(), "{'target':'messages','reset':true,'about':'Only once'}");
        world.says(NUMBER, customer, "Only once");
        world.says(NUMBER, customer, "really");
        await().atMost(PATIENCE).until(() -> !texts(conversation(customer)).isEmpty());
        world.says(NUMBER, customer, "The next");

        await().atMost(PATIENCE).until(() -> texts(conversation(customer)).contains("The next"));
        assertThat(texts(conversation(customer))).containsExactly("Only once\nreally", "The next");
    }

    @Test
    void whatChatwootCannotTakeNowComesLaterAndInOrder() {
        String customer = "15550041007";
        world.fault(chatwoot.uri(), "{'target':'messages','status':503,'times':2,'about':'Patience'}");
        world.fault(chatwoot.uri(), "{'target':'messages','status':429,'code':'1','about':'Patience'}");
        world.fault(
                chatwoot.uri(), "{'target':'messages','status':422,'message':'Too many messages','about':'Patience'}");
        world.says(NUMBER, customer, "Patience");
        await().atMost(PATIENCE).until(() -> !conversations(customer).isEmpty());
        world.says(NUMBER, customer, "Second");

        await().atMost(PATIENCE).until(() -> texts(conversation(customer)).size() == 2);
        assertThat(texts(conversation(customer))).containsExactly("Patience", "Second");
    }

    @Test
    void aTurnThatChatwootRefusesGoesToAnAgentInAmazonConnect() {
        String customer = "15550041008";
        world.fault(chatwoot.uri(), "{'target':'messages','status':422,'message':'Invalid','about':'Refused'}");
        world.says(NUMBER, customer, "Refused");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Refused"));
        assertThat(String.join("\n", world.customerTexts(customer))).contains("desk answers 422");
    }

    @Test
    void privateNotesAndTheCustomersOwnWordsAreNotSentToTheCustomerAndARepeatedAnswerIsSentOnce() {
        String customer = "15550041009";
        world.says(NUMBER, customer, "Hello");
        JsonNode conversation = conversation(customer);
        says(conversation, "'content':'Looks angry','private':true");
        says(conversation, "'content':'Welcome to the shop','type':'template'");
        JsonNode said = says(conversation, "'content':'Good morning'");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("Good morning"));
        world.send(control("/_agents/repeat", "{'message':" + said.path("id") + "}"));
        JsonNode last = says(conversation, "'content':'Anything else?'");

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("Anything else?"));
        assertThat(world.phoneTexts(customer)).containsExactly("Good morning", "Anything else?");
        assertThat(message(customer, last).path("status").asText()).isNotEqualTo("failed");
    }

    @Test
    void answersWhoseCallbacksOvertakeEachOtherArriveInOrder() {
        String customer = "15550041010";
        world.says(NUMBER, customer, "Hello");
        JsonNode conversation = conversation(customer);
        List<String> lines =
                IntStream.rangeClosed(1, 6).mapToObj(line -> "Line " + line).toList();
        for (int line = 0; line < lines.size(); line++) {
            says(conversation, "'content':'" + lines.get(line) + "','delayMillis':" + (line % 2 == 0 ? 150 : 1));
        }

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).size() == lines.size());
        assertThat(world.phoneTexts(customer)).isEqualTo(lines);
    }

    @Test
    void choicesAreButtonsAndFilesAreSentByTheirLinks() {
        String customer = "15550041011";
        world.says(NUMBER, customer, "Hello");
        JsonNode conversation = conversation(customer);
        says(conversation, "'content':'Which?','choices':[{'title':'Red','value':'r'},{'title':'Blue','value':'b'}]");
        says(
                conversation,
                "'content':'The **plan**','kind':'image','file':'https://desk.example/rails/blobs/1/plan.png'");
        says(conversation, "'kind':'file','file':'https://desk.example/rails/blobs/2/bill%20no.pdf'");

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 3);
        List<JsonNode> sent = new ArrayList<>();
        for (JsonNode request : world.get(world.graph("/_phone/requests"))) {
            if (request.at("/body/to").asText().endsWith(customer)) {
                sent.add(request.path("body"));
            }
        }
        assertThat(sent.get(0).at("/interactive/type").asText()).isEqualTo("button");
        assertThat(sent.get(0).at("/interactive/action/buttons/1/reply/title").asText())
                .isEqualTo("Blue");
        assertThat(sent.get(1).at("/image/link").asText()).endsWith("/plan.png");
        assertThat(sent.get(1).at("/image/caption").asText()).isEqualTo("The *plan*");
        assertThat(sent.get(2).at("/document/filename").asText()).isEqualTo("bill no.pdf");
    }

    @Test
    void anAnswerThatWhatsAppRefusesIsShownAsFailedWithTheReason() {
        String customer = "15550041012";
        world.says(FRESH_NUMBER, customer, "Hello");
        JsonNode conversation = conversation(customer);
        world.fault(
                world.graph("/"),
                "{'target':'messages','status':400,'code':'131026','message':'Message undeliverable','about':'"
                        + FRESH_NUMBER + "'}");
        JsonNode said = says(conversation, "'content':'Cannot arrive'");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(message(customer, said).path("status").asText())
                                .isEqualTo("failed"));
        assertThat(message(customer, said)
                        .at("/content_attributes/external_error")
                        .asText())
                .contains("131026");
    }

    @Test
    void anAgentWhoTypesIsSeenByTheCustomer() {
        String customer = "15550041013";
        String last = world.says(NUMBER, customer, "Hello");
        JsonNode conversation = conversation(customer);
        agent("typing", conversation, ",'private':true");
        agent("typing", conversation, "");

        await().atMost(PATIENCE)
                .until(() ->
                        world.get(world.graph("/_phone/receipts")).toString().contains(last));
    }

    @Test
    void whatIsNotFromChatwootIsRefused() {
        byte[] body = "{\"event\":\"message_created\"}".getBytes(StandardCharsets.UTF_8);
        String now = Long.toString(Instant.now().getEpochSecond());
        String old = Long.toString(Instant.now().minus(Duration.ofHours(1)).getEpochSecond());

        assertThat(status(callbacks, body, now, ChatwootStandIn.sign(now, body)))
                .isEqualTo(200);
        assertThat(status(callbacks, body, now, "0".repeat(64))).isEqualTo(401);
        assertThat(status(callbacks, body, old, ChatwootStandIn.sign(old, body)))
                .isEqualTo(401);
        assertThat(status(callbacks, body, now, ChatwootStandIn.sign(old, body)))
                .isEqualTo(401);
        assertThat(status(callbacks, body, "soon", ChatwootStandIn.sign(now, body)))
                .isEqualTo(401);
        // No secret is set for it, so it is not known.
        assertThat(status(
                        URI.create(callbacks.toString().replace("desk", "fresh")),
                        body,
                        now,
                        ChatwootStandIn.sign(now, body)))
                .isEqualTo(401);
        byte[] broken = "{".getBytes(StandardCharsets.UTF_8);
        assertThat(status(callbacks, broken, now, ChatwootStandIn.sign(now, broken)))
                .isEqualTo(200);
        byte[] stranger =
                ("{\"event\":\"message_created\",\"id\":1,\"message_type\":\"outgoing\",\"content\":\"Hi\",\"conversation\":"
                                + "{\"id\":5,\"contact_inbox\":{\"source_id\":\"made-up\"}}}")
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(status(callbacks, stranger, now, ChatwootStandIn.sign(now, stranger)))
                .as("nobody knows to whom")
                .isEqualTo(422);
    }

    private static int status(URI address, byte[] body, String at, String signature) {
        return world.send(HttpRequest.newBuilder(address)
                        .header("X-Chatwoot-Timestamp", at)
                        .header("X-Chatwoot-Signature", "sha256=" + signature)
                        .POST(BodyPublishers.ofByteArray(body)))
                .statusCode();
    }

    private static List<JsonNode> conversations(String customer) {
        List<JsonNode> conversations = new ArrayList<>();
        world.get(chatwoot.uri().resolve("/_conversations?phone=" + customer)).forEach(conversations::add);
        return conversations;
    }

    /// The only conversation of a customer, as soon as it has a message.
    private static JsonNode conversation(String customer) {
        await().atMost(PATIENCE)
                .until(() -> conversations(customer).stream()
                        .anyMatch(one -> !one.path("messages").isEmpty()));
        return conversations(customer).getFirst();
    }

    private static JsonNode message(String customer, JsonNode said) {
        return StreamSupport.stream(
                        conversations(customer).getFirst().path("messages").spliterator(), false)
                .filter(message -> message.path("id").equals(said.path("id")))
                .findFirst()
                .orElseThrow();
    }

    /// What the customer wrote, in order.
    private static List<String> texts(JsonNode conversation) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : conversation.path("messages")) {
            if (message.path("message_type").asInt() == 0) {
                texts.add(message.path("content").asText());
            }
        }
        return texts;
    }

    private static JsonNode says(JsonNode conversation, String members) {
        return agent("say", conversation, "," + members);
    }

    private static JsonNode agent(String action, JsonNode conversation, String members) {
        return World.tree(
                world.send(control("/_agents/" + action, "{'conversation':" + conversation.path("id") + members + "}"))
                        .body());
    }

    private static HttpRequest.Builder control(String path, String body) {
        return HttpRequest.newBuilder(chatwoot.uri().resolve(path))
                .POST(BodyPublishers.ofString(body.replace('\'', '"')));
    }
}
