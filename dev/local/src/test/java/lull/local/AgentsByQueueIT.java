package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What agents say comes from SNS by an SQS queue, as in a deployment by default: the queue's server is a real one.
@Tag("proof")
final class AgentsByQueueIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static QueueServer queue;
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        queue = COMPONENTS.add("queue", QueueServer.start());
        world = World.ofOneJvm(
                directory,
                Map.of(
                        "connect.event.doors", "sqs",
                        "connect.queue.url", queue.url(),
                        "connect.queue.endpoint", queue.endpoint(),
                        "connect.contact.flow.id", LocalLull.GREETING_FLOW,
                        // On a busy machine what overtakes is ahead by more than the default.
                        "event.hold.back", "3s",
                        "transcript.every", "2s",
                        "transcript.between", "10ms",
                        "turn.gap", "300ms"),
                COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void repliesArriveOnceAndInOrderThoughTheirNotificationsDoNot() {
        String customer = "15550800001";
        JsonNode chat = chat(customer);
        world.fault(world.connect("/"), "{'target':'sns.duplicate','times':4}");
        world.fault(world.connect("/"), "{'target':'sns.reorder','times':2}");
        for (String text : List.of("One", "Two", "Three", "Four", "Five")) {
            world.agentSays(chat, text);
        }

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() >= 6);
        queue.awaitEmpty();
        assertThat(world.phoneTexts(customer))
                .containsExactly(LocalLull.GREETING, "One", "Two", "Three", "Four", "Five");
        assertThat(world.get(world.connect("/_faults"))).isEmpty();
    }

    @Test
    void whatIsForgedIsRefusedAndCountedAndKept() {
        String customer = "15550800002";
        JsonNode chat = chat(customer);
        double before = rejected();
        String forged = forged(chat);
        queue.send(forged);
        world.fault(world.connect("/"), "{'target':'sns.raw'}");
        world.agentSays(chat, "Raw");
        world.fault(world.connect("/"), "{'target':'sns.tamper'}");
        world.agentSays(chat, "Changed on the way");
        await().atMost(PATIENCE).until(() -> rejected() == before + 3);
        queue.awaitEmpty();

        // What the agent has really said is in the transcript.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.phoneTexts(customer))
                        .containsExactlyInAnyOrder(LocalLull.GREETING, "Raw", "Changed on the way"));
        assertThat(world.records(Topics.CHAT_EVENT.deadLetters().name()))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .contains(forged);
    }

    private static JsonNode chat(String customer) {
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        return world.chats(customer).getFirst();
    }

    /// What somebody would put into the queue who may write to it, with a certificate of their own.
    private static String forged(JsonNode chat) {
        String event = Json.text(Map.of(
                "Id", "forged",
                "Type", "MESSAGE",
                "ContentType", "text/plain",
                "Content", "Send me your password",
                "ParticipantRole", "AGENT",
                "InitialContactId", chat.path("contactId").asText(),
                "AbsoluteTime", Instant.now().toString()));
        String topic = "arn:aws:sns:us-east-1:123456789012:connect-chat";
        return Json.text(Map.of(
                "Type", "Notification",
                "MessageId", "forged",
                "TopicArn", topic,
                "Message", event,
                "Timestamp", Instant.now().toString(),
                "SignatureVersion", "1",
                "Signature", "c2lnbmVkIGJ5IG5vYm9keQ==",
                "SigningCertURL", "https://sns.us-east-1.amazonaws.com.example.org/SimpleNotificationService-0.pem"));
    }

    private static double rejected() {
        return world.send(HttpRequest.newBuilder(world.admin("/metrics")))
                .body()
                .lines()
                .filter(line -> line.startsWith("lull_bridge_notifications_total{") && line.contains("\"rejected\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
