package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.ingress.http.TestWebhook;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole journey, from a webhook's bytes to what Amazon Connect and WhatsApp receive, in one JVM on real
/// parts. Each test has a customer of its own.
final class JourneyIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(directory, Map.of("whatsapp.app.secrets", "an-older-secret,local-secret"), COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void makesABurstOneMessageOfOneChat() {
        for (String text : List.of("Hello", "How", "are", "you?")) {
            world.says("15550000101", text);
        }

        await().atMost(PATIENCE).until(() -> !world.customerTexts("15550000101").isEmpty());
        assertThat(world.chats("15550000101")).hasSize(1);
        assertThat(world.customerTexts("15550000101")).containsExactly("Hello\nHow\nare\nyou?");
    }

    @Test
    void goesOnInTheSameChatUntilTheAgentEndsIt() {
        String customer = "15550000102";
        world.says(customer, "First");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        world.says(customer, "Second");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.chats(customer)).hasSize(1);

        world.agent(world.chats(customer).getFirst(), "/end", "");
        world.says(customer, "Third");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 3);
        assertThat(world.chats(customer)).hasSize(2);
        assertThat(World.customerTexts(world.chats(customer).getLast())).containsExactly("Third");
    }

    @Test
    void carriesTheAgentsAnswersToTheRightNumberInOrder() {
        String customer = "15550000103";
        world.says("100000000000002", customer, "To the second number");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        JsonNode chat = world.chats(customer).getFirst();
        world.agentSays(chat, "One");
        world.agentSays(chat, "Two");
        world.agentSays(chat, "Three");

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 3);
        assertThat(world.phoneTexts(customer)).containsExactly("One", "Two", "Three");
        assertThat(world.phone(customer))
                .extracting(message -> message.path("from").asText())
                .containsOnly("100000000000002");
    }

    @Test
    void keepsCustomersWithTwoBusinessNumbersApart() {
        String customer = "15550000104";
        world.says("100000000000001", customer, "To the first");
        world.says("100000000000002", customer, "To the second");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.chats(customer)).hasSize(2);
    }

    @Test
    void stillCarriesRepliesAfterATransfer() {
        String customer = "15550000105";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        world.agentSays(world.chats(customer).getFirst(), "I pass you on");
        world.agent(world.chats(customer).getFirst(), "/transfer", "{\"name\":\"Ben\"}");
        world.agentSays(world.chats(customer).getFirst(), "Ben here");

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 2);
        assertThat(world.phoneTexts(customer)).containsExactly("I pass you on", "Ben here");
        world.says(customer, "Hello Ben");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.chats(customer)).hasSize(1);
    }

    @Test
    void keepsTextsInOrderAroundAnImage() {
        String customer = "15550000106";
        world.says(customer, "Before");
        String image = world.uploads(new byte[] {1, 2, 3}, "image/jpeg");
        world.sends(
                customer, "{'type':'image','image':{'id':'" + image + "','mime_type':'image/jpeg','caption':'Look'}}");
        world.says(customer, "After");

        await().atMost(PATIENCE).until(() -> !world.turns(customer).isEmpty());
        Turn turn = world.turns(customer).getFirst();
        assertThat(turn.items())
                .extracting(TurnItem::kind)
                .containsExactly(ContentKind.TEXT, ContentKind.IMAGE, ContentKind.TEXT);
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 3);
        assertThat(world.customerTexts(customer)).containsExactly("Before", "Look", "After");
        assertThat(world.files(world.chats(customer).getFirst())).containsOnlyKeys("image.jpg");
    }

    @Test
    void neverShowsTheCustomerWhatIsForAgentsOnly() {
        String customer = "15550000107";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        JsonNode chat = world.chats(customer).getFirst();
        world.agent(chat, "/messages", "{\"text\":\"Third call this week\",\"visibility\":\"AGENT\"}");
        world.agentSays(chat, "Good morning");

        await().atMost(PATIENCE).until(() -> !world.phone(customer).isEmpty());
        assertThat(world.phoneTexts(customer)).containsExactly("Good morning");
    }

    @Test
    void makesAWebhookThatComesThreeTimesOneMessage() {
        String customer = "15550000108";
        byte[] body = new TestWebhook(World.NUMBER, customer, "Customer " + customer)
                .text(World.newId(), "Once", Instant.now());
        for (int i = 0; i < 3; i++) {
            assertThat(world.post(body).statusCode()).isEqualTo(200);
        }
        world.says(customer, "only");

        await().atMost(PATIENCE).until(() -> !world.turns(customer).isEmpty());
        assertThat(world.turns(customer).getFirst().items())
                .extracting(TurnItem::text)
                .containsExactly("Once\nonly");
    }

    @Test
    void sendsALongTextInPartsThatAreCutBetweenWords() {
        String customer = "15550000109";
        String text = "every word counts 👩‍👩‍👧 ".repeat(70).strip();
        world.says(customer, text);

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() >= 2);
        List<String> parts = world.customerTexts(customer);
        assertThat(parts).allMatch(part -> part.length() <= 1_024);
        assertThat(String.join(" ", parts)).isEqualTo(text);
    }

    @Test
    void sendsAThrottledPartLaterAndKeepsTheOrder() {
        String customer = "15550000110";
        world.says(customer, "First");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        world.fault(world.connect("/"), "{'target':'SendMessage','code':'ThrottlingException','times':2}");
        world.says(customer, "Second");
        await().atMost(PATIENCE).until(() -> world.turns(customer).size() == 2);
        world.says(customer, "Third");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 3);
        assertThat(world.customerTexts(customer)).containsExactly("First", "Second", "Third");
    }

    @Test
    void answersTheHandshakeToWhoKnowsTheToken() {
        assertThat(handshake("subscribe", LocalLull.VERIFY_TOKEN).body()).isEqualTo("1158201444");
        assertThat(handshake("subscribe", LocalLull.VERIFY_TOKEN).statusCode()).isEqualTo(200);
        assertThat(handshake("subscribe", "wrong").statusCode()).isEqualTo(403);
        assertThat(handshake("unsubscribe", LocalLull.VERIFY_TOKEN).statusCode())
                .isEqualTo(403);
    }

    @Test
    void refusesAWebhookThatIsNotSigned() {
        byte[] body = "{\"entry\":[]}".getBytes(StandardCharsets.UTF_8);

        assertThat(world.post(body, "sha256=" + "0".repeat(64)).statusCode()).isEqualTo(401);
        assertThat(world.post(body, "nonsense").statusCode()).isEqualTo(401);
        assertThat(world.post(body).statusCode()).isEqualTo(200);
        assertThat(world.post(body, TestWebhook.signature(body, "an-older-secret"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesFourMebibytesAndRefusesMoreThanTheLimit() {
        byte[] large =
                ("{\"entry\":[],\"x\":\"" + "x".repeat(4 * 1024 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        byte[] tooLarge = new byte[5 * 1024 * 1024 + 1];

        assertThat(world.post(large).statusCode()).isEqualTo(200);
        assertThat(world.post(tooLarge).statusCode()).isEqualTo(413);
    }

    @Test
    void keepsASignedBodyThatIsNoWebhook() {
        byte[] body = ("not json " + World.newId()).getBytes(StandardCharsets.UTF_8);

        assertThat(world.post(body).statusCode()).isEqualTo(200);
        assertThat(world.records("whatsapp.webhook.unparsed"))
                .anySatisfy(record -> assertThat(record.value()).isEqualTo(body));
    }

    @Test
    void refusesNotificationsThatSnsDidNotSign() {
        String forged =
                "{\"Type\":\"Notification\",\"MessageId\":\"1\",\"TopicArn\":\"arn:aws:sns:us-east-1:123456789012:"
                        + "connect-chat\",\"Message\":\"{}\",\"Timestamp\":\"2026-01-05T10:00:00.000Z\",\"SignatureVersion\":\"1\","
                        + "\"Signature\":\"AAAA\",\"SigningCertURL\":\"https://evil.example/x.pem\"}";

        HttpResponse<String> answer = world.send(HttpRequest.newBuilder(world.bridge("/sns/connect"))
                .header("x-amz-sns-message-type", "Notification")
                .POST(HttpRequest.BodyPublishers.ofString(forged)));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> handshake(String mode, String token) {
        return world.send(HttpRequest.newBuilder(
                world.ingress("?hub.mode=" + mode + "&hub.challenge=1158201444&hub.verify_token=" + token)));
    }
}
