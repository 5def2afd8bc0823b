package lull.standins.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import lull.standins.http.ControlClient;
import lull.standins.http.PostBox;
import lull.standins.sns.SnsCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ContactStreamingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final PostBox box = new PostBox();
    private Desk desk = desk(options -> options);

    @AfterEach
    void close() {
        desk.close();
        box.close();
    }

    private Desk desk(UnaryOperator<ConnectStandIn.Options> more) {
        return new Desk(options -> more.apply(options.withSubscribers(box.uri())
                .withSnsConfirmEvery(Duration.ofMillis(50))
                .withSnsRetries(3, Duration.ofMillis(20))));
    }

    private void restart(UnaryOperator<ConnectStandIn.Options> more) {
        desk.close();
        desk = desk(more);
    }

    private Desk.Connected confirmedChat() {
        confirm();
        return desk.connected();
    }

    private void confirm() {
        await().atMost(PATIENCE).until(() -> ownLetters().size() > 0);
        String url = ControlClient.json(ownLetters().getLast().text())
                .get("SubscribeURL")
                .asText();
        HttpResponse<String> answer = desk.control.send(HttpRequest.newBuilder(URI.create(url)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<SubscriptionArn>" + Desk.TOPIC + ":");
    }

    // A stand-in that a test replaced may have knocked too.
    private List<PostBox.Letter> ownLetters() {
        return box.letters().stream()
                .filter(letter -> letter.text().contains(desk.standIn.uri().toString()))
                .toList();
    }

    private List<PostBox.Letter> notifications() {
        return box.letters().stream()
                .filter(letter -> letter.header("x-amz-sns-message-type").equals("Notification"))
                .toList();
    }

    private List<String> told() {
        return notifications().stream()
                .map(letter -> ControlClient.json(letter.text()))
                .map(envelope -> envelope.has("Message")
                        ? ControlClient.json(envelope.get("Message").asText())
                        : envelope)
                .map(ContactStreamingTest::told)
                .toList();
    }

    private static String told(JsonNode message) {
        String type = message.path("ContentType").asText("attachment");
        return message.path("ParticipantRole").asText("-") + ": "
                + message.path("Content").asText(type.substring(type.lastIndexOf('.') + 1));
    }

    @Test
    void asksToBeConfirmedAgainAndAgainAndDeliversNothingBefore() {
        await().atMost(PATIENCE).until(() -> ownLetters().size() > 2);
        desk.connected();
        PostBox.Letter request = ownLetters().getFirst();
        JsonNode envelope = ControlClient.json(request.text());
        assertThat(request.header("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(request.header("x-amz-sns-message-type")).isEqualTo("SubscriptionConfirmation");
        assertThat(request.headers()).doesNotContainKey("X-amz-sns-subscription-arn");
        assertThat(envelope.get("Type").asText()).isEqualTo("SubscriptionConfirmation");
        assertThat(envelope.get("TopicArn").asText()).isEqualTo(Desk.TOPIC);
        assertThat(SnsCheck.isGenuine(envelope)).isTrue();
        assertThat(desk.control.get("/_sns/subscriptions").findValuesAsText("state"))
                .containsExactly("PENDING");
        confirm();
        assertThat(desk.control.get("/_sns/subscriptions").findValuesAsText("state"))
                .containsExactly("CONFIRMED");
        assertThat(notifications()).isEmpty();
    }

    @Test
    void linksBeginWithTheAddressThatOthersKnow() {
        restart(options -> options.withPublicUri(URI.create("http://connect.test:8090")));
        List<JsonNode> envelopes = await().atMost(PATIENCE)
                .until(
                        () -> box.letters().stream()
                                .filter(letter -> letter.text().contains("connect.test"))
                                .map(letter -> ControlClient.json(letter.text()))
                                .toList(),
                        found -> !found.isEmpty());
        JsonNode envelope = envelopes.getFirst();
        assertThat(envelope.get("SubscribeURL").asText()).startsWith("http://connect.test:8090/?Action=");
        assertThat(envelope.get("SigningCertURL").asText()).startsWith("http://connect.test:8090/Simple");
    }

    @Test
    void aWrongTokenConfirmsNothing() {
        HttpResponse<String> answer =
                desk.control.request("GET", "/?Action=ConfirmSubscription&TopicArn=" + Desk.TOPIC + "&Token=x", "");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>InvalidParameter</Code>");
    }

    @Test
    void theWholeChatIsPublishedInOrderFromTheFlowsFirstWord() {
        Desk.Connected chat = confirmedChat();
        desk.says(chat, "Hallo");
        desk.act(chat.contactId(), "join", "{\"name\":\"Ana\"}");
        desk.act(chat.contactId(), "typing", "");
        desk.act(chat.contactId(), "messages", "{\"text\":\"Grüß Gott\"}");
        desk.act(chat.contactId(), "end", "");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told())
                        .containsExactly(
                                "CUSTOMER: joined",
                                "SYSTEM: An agent will be with you shortly.",
                                "CUSTOMER: Hallo",
                                "AGENT: joined",
                                "AGENT: typing",
                                "AGENT: Grüß Gott",
                                "AGENT: left",
                                "-: ended"));
        JsonNode ended =
                ControlClient.json(ControlClient.json(notifications().getLast().text())
                        .get("Message")
                        .asText());
        assertThat(ended.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("AbsoluteTime", "ContentType", "Id", "Type", "InitialContactId");
    }

    @Test
    void aNotificationLooksAsSnsSendsIt() {
        Desk.Connected chat = confirmedChat();
        String id = desk.act(chat.contactId(), "messages", "{\"text\":\"Psst\",\"visibility\":\"AGENT\"}")
                .get("id")
                .asText();
        await().atMost(PATIENCE).until(() -> told().contains("AGENT: Psst"));
        PostBox.Letter letter = notifications().getLast();
        JsonNode envelope = ControlClient.json(letter.text());
        assertThat(letter.header("User-Agent")).isEqualTo("Amazon Simple Notification Service Agent");
        assertThat(letter.header("x-amz-sns-message-id"))
                .isEqualTo(envelope.get("MessageId").asText());
        assertThat(letter.header("x-amz-sns-topic-arn")).isEqualTo(Desk.TOPIC);
        assertThat(letter.header("x-amz-sns-subscription-arn")).startsWith(Desk.TOPIC + ":");
        assertThat(ControlClient.json(envelope.get("Message").asText())
                        .get("Id")
                        .asText())
                .isEqualTo(id);
        JsonNode attributes = envelope.get("MessageAttributes");
        assertThat(attributes.at("/MessageVisibility/Value").asText()).isEqualTo("AGENT");
        assertThat(attributes.at("/ParticipantRole/Value").asText()).isEqualTo("AGENT");
        assertThat(attributes.at("/AccountId/Value").asText()).isEqualTo("123456789012");
        assertThat(attributes.at("/InitialContactId/Value").asText()).isEqualTo(chat.contactId());
        assertThat(attributes.at("/ContentType/Type").asText()).isEqualTo("String");
    }

    @Test
    void notificationsAreSignedInBothVersions() {
        for (int version : new int[] {1, 2}) {
            restart(options -> options.withSnsSignatureVersion(version));
            int before = notifications().size();
            confirmedChat();
            await().atMost(PATIENCE).until(() -> notifications().size() > before);
            JsonNode envelope = ControlClient.json(notifications().getLast().text());
            assertThat(envelope.get("SignatureVersion").asText()).isEqualTo(Integer.toString(version));
            assertThat(SnsCheck.isGenuine(envelope)).isTrue();
        }
    }

    @Test
    void theCertificateIsForSnsAndValidNow() throws Exception {
        confirmedChat();
        await().atMost(PATIENCE).until(() -> !notifications().isEmpty());
        JsonNode envelope = ControlClient.json(notifications().getFirst().text());
        X509Certificate certificate = SnsCheck.certificate(envelope);
        assertThat(envelope.get("SigningCertURL").asText())
                .matches("http://localhost:[0-9]+/SimpleNotificationService-[0-9a-f]{32}\\.pem");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=sns.amazonaws.com");
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, "sns.amazonaws.com"));
        assertThat(certificate.getVersion()).isEqualTo(3);
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(desk.clock.instant()));
    }

    @Test
    void whatFailsIsTriedAgainWithTheSameId() {
        confirm();
        box.answerNext(500, 429, 503);
        desk.connected();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(notifications()).hasSize(5));
        assertThat(notifications().stream().map(letter -> letter.header("x-amz-sns-message-id")))
                .hasSize(5)
                .satisfies(ids -> assertThat(ids.stream().distinct()).hasSize(2));
        assertThat(desk.control.get("/_sns/dead-letters")).isEmpty();
    }

    @Test
    void whatIsRefusedOrFailsTooOftenIsADeadLetter() {
        confirm();
        box.answerNext(403);
        desk.connected();
        await().atMost(PATIENCE)
                .until(() -> desk.control.get("/_sns/dead-letters").size() == 1);
        JsonNode letter = desk.control.get("/_sns/dead-letters").get(0);
        assertThat(letter.get("reason").asText()).isEqualTo("HTTP 403");
        assertThat(letter.get("attempts").asInt()).isEqualTo(1);

        box.close();
        desk.connected();
        await().atMost(PATIENCE)
                .until(() -> desk.control.get("/_sns/dead-letters").size() == 3);
        assertThat(desk.control.get("/_sns/dead-letters").get(2).get("attempts").asInt())
                .isEqualTo(4);
    }

    @Test
    void faultsDropDoubleReorderTamperAndUnwrap() {
        Desk.Connected chat = confirmedChat();
        await().atMost(PATIENCE).until(() -> told().size() == 2);
        saying(chat, "sns.drop", "dropped");
        saying(chat, "sns.duplicate", "doubled");
        saying(chat, "sns.reorder", "late");
        saying(chat, "sns.tamper", "forged");
        await().atMost(PATIENCE).until(() -> told().size() == 6);
        assertThat(told().subList(2, 6))
                .containsExactly("CUSTOMER: doubled", "CUSTOMER: doubled", "CUSTOMER: forged", "CUSTOMER: late");
        assertThat(SnsCheck.isGenuine(ControlClient.json(notifications().get(4).text())))
                .isFalse();
        assertThat(SnsCheck.isGenuine(ControlClient.json(notifications().get(5).text())))
                .isTrue();

        saying(chat, "sns.second", "on the second");
        await().atMost(PATIENCE).until(() -> told().size() == 7);
        JsonNode onTheSecond = ControlClient.json(notifications().get(6).text());
        assertThat(onTheSecond.path("Timestamp").asText()).endsWith(".000Z");
        assertThat(SnsCheck.isGenuine(onTheSecond)).isTrue();

        saying(chat, "sns.raw", "raw");
        await().atMost(PATIENCE).until(() -> told().size() == 8);
        assertThat(notifications().getLast().header("x-amz-sns-rawdelivery")).isEqualTo("true");
        assertThat(ControlClient.json(notifications().getLast().text())
                        .get("Content")
                        .asText())
                .isEqualTo("raw");
    }

    private void saying(Desk.Connected chat, String target, String text) {
        desk.fault(fault -> fault.put("target", target));
        desk.says(chat, text);
        await().atMost(PATIENCE).until(() -> desk.control.get("/_faults").isEmpty());
    }

    @Test
    void oneSubscriberThatFailsDoesNotHoldUpAnother() {
        try (PostBox other = new PostBox()) {
            restart(options -> options.withSubscribers(URI.create("http://localhost:9/nobody"), other.uri()));
            other.onLetter(letter -> {
                JsonNode envelope = ControlClient.json(letter.text());
                if (envelope.has("SubscribeURL")) {
                    desk.control.send(HttpRequest.newBuilder(
                            URI.create(envelope.get("SubscribeURL").asText())));
                }
            });
            await().atMost(PATIENCE)
                    .until(() -> desk.control
                            .get("/_sns/subscriptions")
                            .findValuesAsText("state")
                            .equals(List.of("PENDING", "CONFIRMED")));
            desk.connected();
            await().atMost(PATIENCE)
                    .until(() -> other.letters().stream()
                            .anyMatch(letter ->
                                    letter.header("x-amz-sns-message-type").equals("Notification")));
        }
    }

    @Test
    void whoeverUnsubscribesHearsNoMore() {
        confirmedChat();
        await().atMost(PATIENCE).until(() -> told().size() == 2);
        String url = ControlClient.json(notifications().getLast().text())
                .get("UnsubscribeURL")
                .asText();
        assertThat(desk.control.send(HttpRequest.newBuilder(URI.create(url))).statusCode())
                .isEqualTo(200);
        assertThat(desk.control.get("/_sns/subscriptions").findValuesAsText("state"))
                .containsExactly("REMOVED");
        desk.connected();
        assertThat(told()).hasSize(2);
    }
}
