package lull.ingress.kafka;

import static java.util.Objects.requireNonNullElse;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import lull.ingress.webhook.IngressRecord;
import lull.runtime.CannotStart;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.KafkaWatch;
import lull.runtime.kafka.TopicSettings;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Publisher of the records of a webhook, which waits until the broker has acknowledged them all. While the
/// broker is away ([BrokerHealth]) nothing is held, and a [BrokerProbe] finds out that it is back. Safe for use
/// by any number of threads.
public final class Publisher implements AutoCloseable {

    private static final int LINGER_MILLIS = 2;
    private static final long BUFFER_BYTES = 64 * 1024 * 1024;

    private final ProducerSupply supply;
    private final BrokerHealth health;
    private final BrokerProbe probe;
    private final Duration timeout;

    /// @param producers makes the producer, again after one has failed for good
    /// @param brokerAnswers whether brokers answer steadily, also after a moment of `System.nanoTime()`
    /// @param inputTopic where probes may be written to
    /// @param timeout how long a webhook is held
    Publisher(
            Supplier<Producer<String, byte[]>> producers,
            LongPredicate brokerAnswers,
            String inputTopic,
            Duration timeout) {
        this.supply = new ProducerSupply(producers);
        this.health = new BrokerHealth(brokerAnswers, timeout);
        this.probe = new BrokerProbe(supply, health, inputTopic).start();
        this.timeout = timeout;
    }

    /// A publisher whose records are given up after a timeout, as nobody waits for them any longer.
    public static Publisher connect(KafkaSetup kafka, KafkaWatch watch, String inputTopic, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        // Measured: without a little linger the broker's share of the work trebles, and packing a few records
        // costs more than all else that is done for them.
        Map<String, Object> defaults = Map.of(
                ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "none",
                ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        Map<String, Object> properties = kafka.producer(ProducerSupply.CLIENT, defaults);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        // The producer wants a request and its linger to fit into the delivery timeout.
        int linger = Integer.parseInt(String.valueOf(properties.get(ProducerConfig.LINGER_MS_CONFIG)));
        if (linger >= millis) {
            throw new CannotStart("Kafka's linger.ms (" + linger + ") must be less than "
                    + TopicSettings.ACK_TIMEOUT.name() + " (" + millis + " ms)");
        }
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(3_000, millis - linger));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        properties.put(
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, TopicSettings.INPUT_RECONNECT_BACK_OFF.toMillis());
        return new Publisher(
                () -> new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()),
                watch::answersSteadily,
                inputTopic,
                timeout);
    }

    /// Whether the broker has acknowledged all the records within the timeout; false at once while it is away.
    /// Some may be written where it has not; whoever sends the webhook again is safe, as messages are told apart
    /// by their ids.
    public boolean publish(List<IngressRecord> records) throws InterruptedException {
        if (health.away()) {
            return false;
        }
        long start = System.nanoTime();
        Acknowledgement acknowledgement = new Acknowledgement(records.size());
        for (IngressRecord record : records) {
            supply.send(record(record), acknowledgement);
            // Without metadata or room each send blocks for the whole timeout; one is enough to know.
            if (System.nanoTime() - start > timeout.toNanos()) {
                acknowledgement.done.completeExceptionally(new TimeoutException("No room"));
            }
            if (acknowledgement.done.isCompletedExceptionally()) {
                break;
            }
        }
        try {
            long taken = System.nanoTime() - start;
            if (taken < timeout.toNanos() / 10) {
                // Without a limit of its own, which would cost a timer each time: the producer tells of every
                // record within its delivery timeout.
                acknowledgement.done.get();
            } else {
                acknowledgement.done.get(Math.max(0, timeout.toNanos() - taken), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (ExecutionException | TimeoutException e) {
            health.failed(start, requireNonNullElse(e.getCause(), e));
            return false;
        }
    }

    /// Whether the broker acknowledges nothing at all.
    public boolean away() {
        return health.away();
    }

    /// How many probes were acknowledged that were written to find out that the broker is back.
    public long probesTaken() {
        return probe.acknowledged();
    }

    /// Registers the producer's own meters, and those of whichever takes its place.
    ///
    /// @param all whether all that Kafka measures is shown
    public void bind(MeterRegistry registry, boolean all) {
        supply.bind(registry, all);
    }

    @Override
    public void close() {
        probe.close();
        supply.close(timeout);
    }

    private static ProducerRecord<String, byte[]> record(IngressRecord outgoing) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(outgoing.topic(), null, outgoing.key(), outgoing.value());
        outgoing.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /// All of a webhook's records, acknowledged or not.
    private final class Acknowledgement implements Callback {
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private final AtomicInteger missing;

        Acknowledgement(int records) {
            this.missing = new AtomicInteger(records);
            if (records == 0) {
                done.complete(true);
            }
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                done.completeExceptionally(failure);
                return;
            }
            health.acknowledged();
            if (missing.decrementAndGet() == 0) {
                done.complete(true);
            }
        }
    }
}
