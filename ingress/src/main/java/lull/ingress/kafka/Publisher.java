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
import java.util.stream.Collectors;
import lull.ingress.webhook.IngressRecord;
import lull.runtime.CannotStart;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.KafkaWatch;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanKey;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;
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

/// Publisher of the records of a webhook, which waits until the broker has acknowledged them all. While
/// the broker is unavailable ([BrokerHealth]) no webhook is held, and a [BrokerProbe] detects when it
/// is available again. Safe for several threads.
public final class Publisher implements RecordPublisher, AutoCloseable {

    private static final int LINGER_MILLIS = 2;
    private static final long BUFFER_BYTES = 64 * 1024 * 1024;

    private final ProducerSupply supply;
    private final BrokerHealth health;
    private final BrokerProbe probe;
    private final Duration timeout;

    /// @param producers creates the producer, and a new one after a permanent failure
    /// @param brokerAnswers whether brokers answer steadily, also after a given `System.nanoTime()`
    /// @param inputTopic the topic to which probes may be written
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

    /// Returns a publisher whose records expire after the timeout, because no request waits for them
    /// any longer.
    public static Publisher connect(KafkaSetup kafka, KafkaWatch watch, String inputTopic, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        // Measured: without a short linger the broker does three times the work, and packing a few
        // records costs more than everything else that is done for them.
        Map<String, Object> defaults = Map.of(
                ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "none",
                ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        Map<String, Object> properties = kafka.producer(ProducerSupply.CLIENT, defaults);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        // The producer requires that a request and its linger fit into the delivery timeout.
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

    /// Whether the broker has acknowledged all the records within the timeout; returns false at once
    /// while it is unavailable. Some records may be written even if the result is false. It is safe to
    /// send the webhook again, because messages are deduplicated by their ids.
    @Override
    public boolean publish(List<IngressRecord> records) throws InterruptedException {
        if (health.away()) {
            return false;
        }
        try (Span span = Tracing.beginPart(SpanName.SEND, () -> topics(records))) {
            Acknowledgement acknowledgement = new Acknowledgement(records.size());
            boolean acknowledged = publish(records, acknowledgement);
            describe(span, records, acknowledgement);
            return acknowledged;
        }
    }

    private boolean publish(List<IngressRecord> records, Acknowledgement acknowledgement) throws InterruptedException {
        long start = System.nanoTime();
        for (IngressRecord record : records) {
            supply.send(record(record), acknowledgement);
            // Without metadata or buffer space each send blocks for the whole timeout; one such send is
            // enough.
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
                // Waits without a timeout of its own, which would cost a timer each time: the producer
                // completes every record within its delivery timeout.
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

    /// Whether the broker currently acknowledges nothing.
    public boolean away() {
        return health.away();
    }

    /// How many probes that check whether the broker is available again were acknowledged.
    public long probesTaken() {
        return probe.acknowledged();
    }

    /// Registers the meters of the current producer and of those that replace it.
    ///
    /// @param all whether to register everything that Kafka measures
    public void bind(MeterRegistry registry, boolean all) {
        supply.bind(registry, all);
    }

    @Override
    public void close() {
        probe.close();
        supply.close(timeout);
    }

    /// Returns the topics to which records go, as the name of a span.
    private static String topics(List<IngressRecord> records) {
        return records.stream().map(IngressRecord::topic).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static void describe(Span span, List<IngressRecord> records, Acknowledgement acknowledgement) {
        span.with(SpanKey.SYSTEM, "kafka").with(SpanKey.COUNT, records.size());
        RecordMetadata place = acknowledgement.last;
        if (records.size() == 1 && place != null) {
            span.with(SpanKey.TOPIC, place.topic())
                    .with(SpanKey.PARTITION, place.partition())
                    .with(SpanKey.OFFSET, place.offset());
        }
        if (acknowledgement.missing.get() > 0) {
            span.failed("Not acknowledged");
        }
    }

    private static ProducerRecord<String, byte[]> record(IngressRecord outgoing) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(outgoing.topic(), null, outgoing.key(), outgoing.value());
        outgoing.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /// The acknowledgements of all records of a webhook.
    private final class Acknowledgement implements Callback {
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private final AtomicInteger missing;

        /// The place of the record that was acknowledged last.
        private volatile @Nullable RecordMetadata last;

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
            last = metadata;
            if (missing.decrementAndGet() == 0) {
                done.complete(true);
            }
        }
    }
}
