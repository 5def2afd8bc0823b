package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lull.contract.reply.ReplyOutcome;
import lull.runtime.Lifecycle;
import lull.standins.provider.ProviderStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Apps whose channel is another provider: what agents and applications write arrives there once, in its form, and its
/// failures hold up nobody else.
@Tag("proof")
final class ProvidersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String Z_API = "100000000000071";
    private static final String EVOLUTION = "100000000000072";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static ProviderStandIn provider;
    private static World world;
    private static LocalOptions options;

    @BeforeAll
    static void start() throws Exception {
        provider = COMPONENTS.add("providers", ProviderStandIn.start("127.0.0.1", 0));
        Map<String, String> settings = new HashMap<>();
        settings.put("turn.gap", "1s");
        settings.put("doubt.wait", "8s");
        settings.put("doubt.wait.answered", "1s");
        settings.put("lane.paused.retry", "1s");
        settings.put("whatsapp.apps", "shop,desk");
        for (String app : List.of("shop", "desk")) {
            settings.put("whatsapp.app.secrets." + app, "another-secret");
            settings.put("whatsapp.verify.token." + app, "another-token");
        }
        settings.put("replies.business.number.shop", Z_API);
        settings.put("replies.url.shop", provider.zApiUrl());
        settings.put("replies.headers.shop", "Client-Token=" + ProviderStandIn.KEY);
        settings.put("replies.business.number.desk", EVOLUTION);
        settings.put("replies.url.desk", provider.evolutionUrl());
        settings.put("replies.template.desk", "evolution");
        settings.put("replies.headers.desk", "apikey=" + ProviderStandIn.KEY);
        options = World.options(directory);
        LocalLull lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), settings, COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void whatAnApplicationAsksForArrivesOnceInTheFormOfTheProvider() {
        String customer = "15550071001";
        String text = "She said \\\"no\\\"\\n{to} 👋";

        String id = asks("k1", Z_API, customer, text(text));
        assertThat(asks("k1", Z_API, customer, text(text))).isEqualTo(id);
        asks("k2", Z_API, customer, message("image", "{'link':'https://files.example/1.jpg','caption':'Look'}"));
        asks("k3", Z_API, customer, text("The end"));

        List<JsonNode> arrived = arrived(customer, 3);
        assertThat(arrived)
                .extracting(message -> message.path("path").asText().replaceFirst(".*/", ""))
                .containsExactly("send-text", "send-image", "send-text");
        assertThat(arrived.getFirst().path("body"))
                .isEqualTo(World.tree("{\"phone\":\"" + customer + "\",\"message\":\"" + text + "\"}"));
        assertThat(arrived.get(1).path("body"))
                .isEqualTo(World.tree("{\"phone\":\"" + customer
                        + "\",\"image\":\"https://files.example/1.jpg\",\"caption\":\"Look\"}"));
        assertThat(arrived.getFirst().path("key").asText()).isEqualTo(id + "/0");
        assertThat(world.phone(customer)).as("nothing by the Graph API").isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.outcomes(id))
                        .hasExactlyElementsOfTypes(ReplyOutcome.Intended.class, ReplyOutcome.Sent.class));
        assertThat(((ReplyOutcome.Sent) world.outcomes(id).getLast()).messageId())
                .startsWith("3EB0");
    }

    @Test
    void whatAnAgentWritesToACustomerOfTheProviderArrivesThere() {
        String customer = "15550072001";
        world.says(EVOLUTION, customer, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        JsonNode chat = world.chats(customer).getFirst();
        IntStream.rangeClosed(1, 4).forEach(line -> world.agentSays(chat, "Line " + line));

        assertThat(arrived(customer, 4))
                .extracting(message -> message.at("/body/text").asText())
                .containsExactly("Line 1", "Line 2", "Line 3", "Line 4");
        assertThat(arrived(customer, 4))
                .allMatch(message ->
                        message.path("path").asText().equals("/message/sendText/" + ProviderStandIn.INSTANCE));
        assertThat(world.phone(customer)).isEmpty();
    }

    @Test
    void whatTheProviderHasNoFormForOrRefusesIsRecordedAndTheNextReplyGoesOut() {
        String customer = "15550072002";
        String interactive = asks(
                "k1",
                EVOLUTION,
                customer,
                message(
                        "interactive",
                        "{'type':'cta_url','body':{'text':'Well?'},'action':{'name':'cta_url','parameters':{'display_text':'Go','url':'https://shop.example'}}}"));
        asks("k2", EVOLUTION, customer, text("Next"));
        String nobody = asks("k3", EVOLUTION, "15550070000", text("Hi"));

        assertThat(arrived(customer, 1)).hasSize(1);
        assertThat(refusal(interactive))
                .isEqualTo(List.of("131051", "The provider's template has no interactive message"));
        assertThat(refusal(nobody))
                .isEqualTo(List.of(
                        "400", "The provider of app desk answered 400: the customer's number is not on WhatsApp"));
    }

    @Test
    void whatIsThrottledComesLaterAndOnce() {
        String customer = "15550071003";
        world.fault(provider.uri(), "{'target':'z-api','status':429,'code':'1','times':2,'about':'" + customer + "'}");

        String id = asks("k1", Z_API, customer, text("Slowly"));

        assertThat(arrived(customer, 1)).hasSize(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.outcomes(id))
                        .filteredOn(ReplyOutcome.NotTaken.class::isInstance)
                        .hasSize(2));
    }

    @Test
    void aReplyOfAnApplicationInDoubtIsNotSentAgainAndOneOfAnAgentIs() {
        String customer = "15550072004";
        world.fault(
                provider.uri(),
                "{'target':'evolution','status':400,'takesEffect':true,'message':'Timed Out','about':'Asked'}");
        String asked = asks("k1", EVOLUTION, customer, text("Asked"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.outcomes(asked))
                        .hasExactlyElementsOfTypes(
                                ReplyOutcome.Intended.class, ReplyOutcome.Unclear.class, ReplyOutcome.Doubted.class));

        world.says(EVOLUTION, customer, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        world.fault(provider.uri(), "{'target':'evolution','reset':true,'about':'Written'}");
        world.agentSays(world.chats(customer).getFirst(), "Written");

        List<JsonNode> arrived = arrived(customer, 3);
        assertThat(arrived)
                .extracting(message -> message.at("/body/text").asText())
                .containsExactly("Asked", "Written", "Written");
        assertThat(arrived.get(1).path("key"))
                .as("by which a receiver knows it again")
                .isEqualTo(arrived.get(2).path("key"));
    }

    @Test
    void aProviderThatRejectsTheKeyPausesItsOwnNumberOnly() {
        String customer = "15550071005";
        world.fault(provider.uri(), "{'target':'z-api','status':403,'times':3,'about':'" + customer + "'}");

        asks("k1", Z_API, customer, text("First"));
        asks("k1", EVOLUTION, "15550072005", text("Meanwhile"));
        asks("k1", World.NUMBER, "15550079005", text("By WhatsApp"));

        assertThat(arrived("15550072005", 1)).hasSize(1);
        await().atMost(PATIENCE).until(() -> !world.phone("15550079005").isEmpty());
        assertThat(arrived(customer, 1)).hasSize(1);
    }

    private static List<JsonNode> arrived(String customer, int count) {
        URI uri = provider.uri().resolve("/_messages?to=" + customer);
        await().atMost(PATIENCE).until(() -> world.get(uri).size() >= count);
        return world.get(uri).valueStream().toList();
    }

    /// The code and the reason of a refused reply.
    private static List<String> refusal(String id) {
        await().atMost(PATIENCE)
                .until(() -> world.outcomes(id).stream().anyMatch(ReplyOutcome.Refused.class::isInstance));
        return world.outcomes(id).stream()
                .filter(ReplyOutcome.Refused.class::isInstance)
                .map(ReplyOutcome.Refused.class::cast)
                .findFirst()
                .map(refused -> List.of(Integer.toString(refused.code()), refused.reason()))
                .orElseThrow();
    }

    private static String text(String body) {
        return "{\"type\":\"text\",\"text\":{\"body\":\"" + body + "\"}}";
    }

    private static String message(String type, String content) {
        return "{'type':'%s','%s':%s}".formatted(type, type, content).replace('\'', '"');
    }

    private static String asks(String key, String number, String customer, String message) {
        HttpResponse<String> answer =
                world.send(HttpRequest.newBuilder(URI.create("http://localhost:" + options.ingressPort() + "/replies"))
                        .header("Idempotency-Key", key)
                        .header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"conversation\":\"" + number + "|" + customer + "\",\"message\":" + message + "}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return World.tree(answer.body()).path("id").asText();
    }
}
