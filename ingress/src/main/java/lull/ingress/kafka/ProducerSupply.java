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

/// Holder of the current producer. Replaces a producer that has failed permanently, for example because
/// it was not authorized to write.
///
/// Any thread may send. Only the thread of [BrokerProbe] replaces the producer, so two are never
/// created at the same time.
final class ProducerSupply {

    static final String CLIENT = "lull-ingress";

    private static final Logger log = LoggerFactory.getLogger(ProducerSupply.class);

    private final Supplier<Producer<String, byte[]>> producers;

    private volatile Producer<String, byte[]> producer;
    private volatile @Nullable Meters meters;
    private volatile boolean spent;

    /// @param producers creates the producer, and a new one after a permanent failure
    ProducerSupply(Supplier<Producer<String, byte[]>> producers) {
        this.producers = producers;
        this.producer = producers.get();
    }

    /// The meters of the current producer.
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

    /// Sends a record with the current producer. Every failure goes to the callback, also an exception
    /// thrown by the send call.
    @SuppressWarnings("FutureReturnValueIgnored") // The callback gets every result.
    void send(ProducerRecord<String, byte[]> record, Callback callback) {
        try {
            producer.send(record, callback);
        } catch (KafkaException | IllegalStateException e) {
            callback.onCompletion(null, e);
        }
    }

    /// How many partitions a topic has; waits for Kafka's metadata as long as a send does.
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /// Records the result of a send: a retriable failure is the broker's, any other is the producer's
    /// own.
    ///
    /// @param failure null if a record was acknowledged
    void fared(@Nullable Exception failure) {
        spent = failure != null && !(failure instanceof RetriableException);
    }

    /// Whether the producer has failed permanently.
    boolean isSpent() {
        return spent;
    }

    /// Replaces the producer and its meters.
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

    /// Registers the meters of the current producer and of those that replace it.
    ///
    /// @param all whether to register everything that Kafka measures
    void bind(MeterRegistry registry, boolean all) {
        meters = Meters.of(producer, registry, all);
    }

    /// Closes the producer; waits at most this long for records in flight.
    void close(Duration timeout) {
        producer.close(timeout);
        Meters bound = meters;
        if (bound != null) {
            bound.close();
        }
    }
}
