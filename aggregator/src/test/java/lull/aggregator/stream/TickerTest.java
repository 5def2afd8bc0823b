package lull.aggregator.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class TickerTest {

    private final AggregatorMetrics metrics = new AggregatorMetrics(new SimpleMeterRegistry(), "t");

    @Test
    void keepsOneTickOfAPartitionInFlightUntilItIsReadBack() {
        MockProducer<byte[], byte[]> producer = producer();
        try (Ticker ticker = new Ticker("t", () -> producer, metrics, InstantSource.system())) {
            ticker.due(3, 0);
            await().until(() -> producer.history().size() == 1);
            assertThat(producer.history().getFirst().partition()).isEqualTo(3);

            ticker.read(3);
            ticker.due(3, 0);
            await().until(() -> producer.history().size() == 2);
        }
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void goesOnWhenItsProducerFailsForGoodAndTheNextOneCannotBeMade() {
        MockProducer<byte[], byte[]> failing = producer();
        failing.sendException = new KafkaException("for good");
        MockProducer<byte[], byte[]> healthy = producer();
        Iterator<Supplier<Producer<byte[], byte[]>>> producers = List.<Supplier<Producer<byte[], byte[]>>>of(
                        () -> failing,
                        () -> {
                            throw new KafkaException("no address of a broker is known");
                        },
                        () -> healthy)
                .iterator();
        try (Ticker ticker =
                new Ticker("t", () -> requireNonNull(producers.next().get()), metrics, InstantSource.system())) {
            ticker.due(0, 0);

            await().until(() -> !healthy.history().isEmpty());
        }
        assertThat(failing.closed()).isTrue();
        assertThat(healthy.closed()).isTrue();
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
