package lull.bridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import lull.bridge.journal.KafkaJournal;
import lull.bridge.metric.BridgeMetrics;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventQueueTest {

    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:connect-chat";

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final EventQueue queue = new EventQueue(
            new KafkaJournal(producer, Duration.ofSeconds(5)),
            TOPIC,
            () -> Instant.parse("2026-01-01T00:00:00Z"),
            new BridgeMetrics(new SimpleMeterRegistry()));

    @Test
    void takesWhatSnsPutIntoTheQueue() throws UnreadableJson {
        assertThat(queue.take(envelope(TOPIC))).isTrue();

        assertThat(producer.history().getFirst().topic()).isEqualTo("connect.chat.event");
        ChatEvent event = Json.read(producer.history().getFirst().value(), ChatEvent.class);
        assertThat(event.what()).isEqualTo(new ChatEvent.Said("text/plain", "Hi"));
        assertThat(event.visibility()).isEqualTo("AGENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "{\"Id\":\"e1\",\"Type\":\"MESSAGE\",\"InitialContactId\":\"c1\"}", "[]"})
    void whatIsRawOrNoEventIsADeadLetter(String body) {
        assertThat(queue.take(body)).isTrue();

        assertThat(producer.history().getFirst().topic()).isEqualTo("connect.chat.event.dlq");
        assertThat(new String(producer.history().getFirst().value(), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @Test
    void whatIsOfAnotherTopicIsADeadLetter() {
        assertThat(queue.take(envelope(TOPIC + "-2"))).isTrue();

        assertThat(producer.history().getFirst().topic()).isEqualTo("connect.chat.event.dlq");
    }

    @Test
    void leavesInTheQueueWhatTheBrokerDoesNotTake() {
        producer.sendException = new NotEnoughReplicasException();

        assertThat(queue.take(envelope(TOPIC))).isFalse();
    }

    private static String envelope(String topic) {
        return """
                {"Type":"Notification","MessageId":"n1","TopicArn":"%s","Timestamp":"2026-01-01T00:00:00.000Z",
                 "Message":"{\\"Id\\":\\"e1\\",\\"Type\\":\\"MESSAGE\\",\\"Content\\":\\"Hi\\",\\"InitialContactId\\":\\"c1\\"}",
                 "MessageAttributes":{"MessageVisibility":{"Type":"String","Value":"AGENT"}}}""".formatted(topic);
    }
}
