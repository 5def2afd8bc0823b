package lull.ingress.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.ingress.webhook.IngressRecord;
import lull.local.SharedBroker;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// The ingress's end of Kafka, where the broker is well and the producer is not.
final class PublisherIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void replacesAProducerThatHasFailedForGood() throws Exception {
        KafkaSetup kafka = KafkaSetup.at(SharedBroker.empty());
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            keeper.create(List.of(Topics.MESSAGE_RECEIVED), new TopicKeeper.Layout(1, (short) 1, 1));
        }
        Deque<Producer<String, byte[]>> made = new ArrayDeque<>();
        Publisher publisher = new Publisher(
                () -> {
                    made.add(new KafkaProducer<>(
                            kafka.producer("test"), new StringSerializer(), new ByteArraySerializer()));
                    return requireNonNull(made.peekLast());
                },
                _ -> true,
                Topics.MESSAGE_RECEIVED.name(),
                TIMEOUT);
        try (publisher) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            publisher.bind(registry, false);
            assertThat(publisher.publish(List.of(record()))).isTrue();

            made.getFirst().close();
            await().atMost(PATIENCE).until(() -> !publisher.publish(List.of(record())) && publisher.away());

            await().atMost(PATIENCE).until(() -> !publisher.away());
            assertThat(publisher.publish(List.of(record()))).isTrue();
            assertThat(made).hasSize(2);
            assertThat(registry.find("lull.kafka.records.failed").functionCounters())
                    .as("meters of the producer in use")
                    .hasSize(1);
        }
    }

    private static IngressRecord record() {
        return new IngressRecord(
                Topics.MESSAGE_RECEIVED.name(),
                IngressRecord.Kind.MESSAGE,
                "1|2",
                "{\"kind\":\"tick\"}".getBytes(StandardCharsets.UTF_8),
                Map.of());
    }
}
