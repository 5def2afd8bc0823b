package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.lanes.results.KafkaAcknowledgedProducer;
import lull.runtime.sns.SnsMessage;
import lull.runtime.trace.Tracing;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/// The queue's door; what the verifier finds is given.
final class EventQueueTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<SnsMessage.SubscriptionConfirmation> confirmed = new ArrayList<>();
    private SnsMessage found = new SnsMessage.Notification(
            "n1",
            "topic",
            "{\"Id\":\"e1\",\"Type\":\"MESSAGE\",\"Content\":\"Hi\",\"InitialContactId\":\"c1\"}",
            NOW,
            Map.of("MessageVisibility", "AGENT"));
    private final LastDeliveryFailure gap = new LastDeliveryFailure(() -> NOW);
    private final EventQueue queue = new EventQueue(
            new SnsVerification() {
                @Override
                public SnsMessage verify(byte[] body) {
                    return found;
                }

                @Override
                public boolean confirm(SnsMessage.SubscriptionConfirmation confirmation) {
                    return confirmed.add(confirmation);
                }
            },
            new KafkaAcknowledgedProducer(producer, Duration.ofSeconds(5)),
            gap,
            () -> NOW,
            new EventMetrics(registry),
            Tracing.off());

    @Test
    void takesWhatSnsPutIntoTheQueue() throws UnreadableJson, InterruptedException {
        assertThat(queue.handle("m1", "{}")).isTrue();

        assertThat(producer.history().getFirst().topic()).isEqualTo("connect.chat.event");
        ChatEvent event = Json.read(producer.history().getFirst().value(), ChatEvent.class);
        assertThat(event.what()).isEqualTo(new ChatEvent.Said("text/plain", "Hi"));
        assertThat(event.visibility()).isEqualTo("AGENT");
        assertThat(left("accepted")).isOne();
    }

    @Test
    void whatIsNotToBeBelievedIsADeadLetterWithItsReason() throws InterruptedException {
        found = new SnsMessage.Rejected("the signature is invalid");

        assertThat(queue.handle("m1", "forged")).isTrue();

        ProducerRecord<byte[], byte[]> letter = producer.history().getFirst();
        assertThat(letter.topic()).isEqualTo("connect.chat.event.dlq");
        assertThat(text(letter.value())).isEqualTo("forged");
        assertThat(text(letter.headers().lastHeader("__streams.errors.message").value()))
                .isEqualTo("Rejected: the signature is invalid");
        assertThat(left("rejected")).isOne();
    }

    @Test
    void aNotificationWithoutItsCertificateMayBeGenuineSoTranscriptsAreChecked() throws InterruptedException {
        found = new SnsMessage.Rejected("the signature is invalid");
        assertThat(queue.handle("m1", "forged")).isTrue();
        assertThat(gap.lastAt()).isBefore(NOW);

        found = new SnsMessage.Rejected("there is no certificate at its URL", true);
        assertThat(queue.handle("m1", "{}")).isTrue();

        assertThat(gap.lastAt()).isEqualTo(NOW);
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void leavesInTheQueueWhatCannotBeChecked() throws InterruptedException {
        found = new SnsMessage.Unavailable("no certificate");

        assertThat(queue.handle("m1", "{}")).isFalse();
        assertThat(left("unavailable")).isOne();
    }

    @Test
    void leavesInTheQueueWhatTheBrokerDoesNotTake() throws InterruptedException {
        producer.sendException = new NotEnoughReplicasException();
        assertThat(gap.lastAt()).isBefore(NOW);

        assertThat(queue.handle("m1", "{}")).isFalse();
        assertThat(gap.lastAt()).isEqualTo(NOW);

        found = new SnsMessage.Rejected("the signature is invalid");
        assertThat(queue.handle("m1", "{}")).isFalse();
        assertThat(left("unavailable")).isEqualTo(2);
    }

    @Test
    void confirmsASubscriptionOfAnotherAccount() throws InterruptedException {
        SnsMessage.SubscriptionConfirmation confirmation =
                new SnsMessage.SubscriptionConfirmation("topic", URI.create("https://sns.us-east-1.amazonaws.com/"));
        found = confirmation;

        assertThat(queue.handle("m1", "{}")).isTrue();
        assertThat(confirmed).containsExactly(confirmation);
        assertThat(left("confirmed")).isOne();
    }

    private double left(String exit) {
        return registry.get("lull.bridge.notifications")
                .tag("exit", exit)
                .counter()
                .count();
    }

    private static String text(byte[] bytes) {
        return new String(Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }
}
