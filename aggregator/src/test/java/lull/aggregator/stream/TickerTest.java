package lull.aggregator.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.InputRecord;
import lull.contract.message.Tick;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class TickerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AggregatorMetrics metrics = new AggregatorMetrics(
            new SimpleMeterRegistry(),
            new TurnTopology.Options("t", "turns", InputPolicy.of(TurnPolicy.ofGap(Duration.ofSeconds(5)))));

    @Test
    void keepsOneTickOfAPartitionInFlightUntilItIsReadBack() {
        MockProducer<byte[], byte[]> producer = producer();
        try (Ticker ticker = new Ticker("t", () -> producer, metrics, InstantSource.system())) {
            ticker.due(3, 0);
            await().atMost(PATIENCE).until(() -> producer.history().size() == 2);
            assertThat(producer.history().getFirst().partition()).isEqualTo(3);

            ticker.read(3);
            ticker.due(3, 0);
            await().atMost(PATIENCE).until(() -> producer.history().size() == 4);
        }
        assertThat(values(producer)).containsExactly(Tick.PROBE, Tick.CLOSING, Tick.PROBE, Tick.CLOSING);
    }

    @Test
    void endsNoTurnBeforeAProbeIsAcknowledged() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (Ticker ticker = new Ticker("t", () -> producer, metrics, InstantSource.system())) {
            ticker.due(0, 0);
            await().atMost(PATIENCE).until(() -> producer.history().size() == 1);
            // The probe was given up, and another follows.
            producer.errorNext(new TimeoutException("no acknowledgement"));
            await().atMost(PATIENCE).until(() -> producer.history().size() == 2);
            assertThat(values(producer)).containsOnly(Tick.PROBE);

            producer.completeNext();
            await().atMost(PATIENCE).until(() -> producer.history().size() == 3);
            assertThat(values(producer)).endsWith(Tick.CLOSING);
        }
    }

    @Test
    void probesBeforeTurnsAreDueAndTicksNotBefore() {
        MockProducer<byte[], byte[]> producer = producer();
        try (Ticker ticker = new Ticker("t", () -> producer, metrics, InstantSource.system())) {
            long start = System.nanoTime();
            ticker.due(0, 200);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> values(producer).contains(Tick.CLOSING));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
        assertThat(values(producer)).containsExactly(Tick.PROBE, Tick.CLOSING);
    }

    private static List<InputRecord> values(MockProducer<byte[], byte[]> producer) {
        return producer.history().stream().map(TickerTest::value).toList();
    }

    private static InputRecord value(ProducerRecord<byte[], byte[]> record) {
        try {
            return Json.read(record.value(), InputRecord.class);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
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

            await().atMost(PATIENCE).until(() -> !healthy.history().isEmpty());
        }
        assertThat(failing.closed()).isTrue();
        assertThat(healthy.closed()).isTrue();
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
