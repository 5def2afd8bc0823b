package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.topic.Topics;
import lull.ingress.http.TestWebhook;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events of AWS End User Messaging Social that come by a queue, on a server that speaks SQS's protocol.
@Tag("proof")
final class WebhookQueueIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static QueueServer queue;
    private static IngressUnderTest ingress;

    @BeforeAll
    static void start() throws Exception {
        queue = QueueServer.start();
        ingress = IngressUnderTest.startWithOwnBroker(
                directory,
                Map.of(
                        "eum.queue.url",
                        queue.url(),
                        "eum.queue.endpoint",
                        queue.endpoint(),
                        "eum.queue.credentials",
                        "placeholder",
                        "ingress.ack.timeout",
                        "2s"));
    }

    @AfterAll
    static void stop() {
        ingress.close();
        queue.close();
    }

    @Test
    void takesEventsRawAndInTheEnvelopeOfSnsAndKeepsWhatIsNone() throws UnreadableJson {
        queue.send(event("wamid.raw"));
        queue.send(notification(event("wamid.enveloped")));
        queue.send("no event");

        await().atMost(PATIENCE).until(() -> ids().containsAll(List.of("wamid.raw", "wamid.enveloped")));
        await().atMost(PATIENCE)
                .until(() -> ingress.records(Topics.WEBHOOK_UNPARSED.name()).stream()
                        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                        .toList()
                        .contains("no event"));
        assertThat(message("wamid.raw").source().door()).isEqualTo("sqs");
        assertThat(message("wamid.raw").business().arn())
                .isEqualTo("arn:aws:social-messaging:us-east-1:1:phone-number-id/a");
        queue.awaitEmpty();
        assertThat(ingress.scrape()).contains("lull_queue_reads_total{outcome=\"ok\"}");
    }

    @Test
    void leavesInTheQueueWhatTheBrokerDoesNotTake() throws Exception {
        ingress.stopBroker();
        queue.send(event("wamid.later"));
        await().atMost(PATIENCE).until(() -> ingress.scrape().contains("lull_broker_away 1.0"));

        ingress.startBroker();

        await().atMost(PATIENCE).until(() -> ids().contains("wamid.later"));
        queue.awaitEmpty();
    }

    private static String event(String id) {
        byte[] webhook = new TestWebhook("100000000000001", "15550001001", "Ann").text(id, "Hello", Instant.now());
        String entry = Json.text(World.tree(new String(webhook, StandardCharsets.UTF_8))
                .path("entry")
                .path(0));
        return "{\"context\":{\"MetaPhoneNumberIds\":[{\"metaPhoneNumberId\":\"100000000000001\","
                + "\"arn\":\"arn:aws:social-messaging:us-east-1:1:phone-number-id/a\"}]},\"whatsAppWebhookEntry\":"
                + Json.text(entry) + "}";
    }

    private static String notification(String message) {
        return Json.text(Map.of("Type", "Notification", "MessageId", "m", "TopicArn", "t", "Message", message));
    }

    private static List<String> ids() {
        return messages().stream().map(Message::id).toList();
    }

    private static Message message(String id) {
        return messages().stream()
                .filter(message -> message.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// Ticks, which a probe may have left, are passed over.
    private static List<Message> messages() {
        return ingress.records(Topics.MESSAGE_RECEIVED.name()).stream()
                .map(WebhookQueueIT::read)
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .toList();
    }

    private static InputRecord read(ConsumerRecord<String, byte[]> record) {
        try {
            return Json.read(record.value(), InputRecord.class);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
