package lull.ingress.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import lull.runtime.kafka.KafkaMeters;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The producer in use. One that has failed for good, as one does that was not permitted to write, is replaced.
///
/// Any thread may send. Only one thread, that of [BrokerProbe], replaces the producer, so no two are made at a time.
final class ProducerSupply {

    static final String CLIENT = "lull-ingress";

    private static final Logger log = LoggerFactory.getLogger(ProducerSupply.class);

    private final Supplier<Producer<String, byte[]>> producers;

    private volatile Producer<String, byte[]> producer;
    private volatile @Nullable Meters meters;
    private volatile boolean spent;

    /// @param producers makes the producer, again after one has failed for good
    ProducerSupply(Supplier<Producer<String, byte[]>> producers) {
        this.producers = producers;
        this.producer = producers.get();
    }

    /// The meters of the producer in use.
    private record Meters(MeterRegistry registry, boolean all, List<AutoCloseable> bound) {

        static Meters of(Producer<String, byte[]> producer, MeterRegistry registry, boolean all) {
            List<AutoCloseable> bound = new ArrayList<>();
            bound.add(KafkaMeters.producer(registry, CLIENT, producer::metrics));
            if (all) {
                KafkaClientMetrics everything = new KafkaClientMetrics(producer);
                everything.bindTo(registry);
                bound.add(everything);
            }
            return new Meters(registry, all, bound);
        }

        void close() {
            for (AutoCloseable each : bound) {
                try {
                    each.close();
                } catch (Exception e) {
                    log.atWarn().setCause(e).log("Meters could not be removed");
                }
            }
        }
    }

    /// Sends a record by the producer in use. A failure goes to the callback, also one of sending itself.
    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told everything.
    void send(ProducerRecord<String, byte[]> record, Callback callback) {
        try {
            producer.send(record, callback);
        } catch (KafkaException | IllegalStateException e) {
            callback.onCompletion(null, e);
        }
    }

    /// How many partitions a topic has; waits for Kafka's metadata as long as sending does.
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /// Notes how the producer has fared: what may be tried again is the broker's trouble, all else the producer's own.
    ///
    /// @param failure null where a record was acknowledged
    void fared(@Nullable Exception failure) {
        spent = failure != null && !(failure instanceof RetriableException);
    }

    /// Whether the producer has failed for good.
    boolean isSpent() {
        return spent;
    }

    /// Replaces the producer, with its meters.
    void renew() {
        log.warn("Kafka's producer has failed permanently and is replaced");
        Producer<String, byte[]> failed = producer;
        producer = producers.get();
        spent = false;
        Meters bound = meters;
        if (bound != null) {
            bound.close();
            meters = Meters.of(producer, bound.registry(), bound.all());
        }
        failed.close(Duration.ZERO);
    }

    /// Registers the producer's own meters, and those of whichever takes its place.
    ///
    /// @param all whether all that Kafka measures is shown
    void bind(MeterRegistry registry, boolean all) {
        meters = Meters.of(producer, registry, all);
    }

    /// Waits at most so long for what was sent.
    void close(Duration timeout) {
        producer.close(timeout);
        Meters bound = meters;
        if (bound != null) {
            bound.close();
        }
    }
}
