package lull.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the records of a webhook and waits until the broker has acknowledged them all.
final class Publisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    /// Half of what an aggregator settles after a hole, less its slack: a producer must be back by then.
    private static final int RECONNECT_BACKOFF_MILLIS = 500;

    private final Producer<String, byte[]> producer;
    private final Duration timeout;

    private volatile boolean failed;
    private volatile long failedAt;

    Publisher(Producer<String, byte[]> producer, Duration timeout) {
        this.producer = producer;
        this.timeout = timeout;
    }

    /// A publisher whose records are given up after a timeout, as nobody waits for them any longer.
    static Publisher connect(KafkaSetup kafka, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> properties = kafka.producer("lull-ingress");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(3_000, millis));
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MILLIS);
        return new Publisher(
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()), timeout);
    }

    /// Whether the broker has acknowledged all the records within the timeout. Some may be written where it has
    /// not; whoever sends the webhook again is safe, as messages are told apart by their ids.
    boolean publish(List<Outgoing> records) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<CompletableFuture<Boolean>> acknowledgements = new ArrayList<>(records.size());
        try {
            for (Outgoing record : records) {
                CompletableFuture<Boolean> acknowledgement = send(record);
                acknowledgements.add(acknowledgement);
                // Without metadata each send blocks for the whole timeout; one is enough to know.
                if (acknowledgement.isCompletedExceptionally()) {
                    break;
                }
            }
            for (CompletableFuture<Boolean> acknowledgement : acknowledgements) {
                acknowledgement.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            failed = false;
            return true;
        } catch (ExecutionException | TimeoutException e) {
            failedAt = System.nanoTime();
            failed = true;
            Throwable cause = e.getCause() == null ? e : e.getCause();
            log.atWarn().addKeyValue("error", cause.getClass().getSimpleName()).log("Kafka did not acknowledge");
            return false;
        }
    }

    /// Whether the latest webhook could not be written, and that a short while ago. After that it must be tried
    /// again: whoever is told not to send webhooks would never let the next one show that the broker is back.
    boolean failing() {
        return failed && System.nanoTime() - failedAt < timeout.toNanos();
    }

    /// Registers the producer's own meters.
    AutoCloseable bind(MeterRegistry registry) {
        KafkaClientMetrics meters = new KafkaClientMetrics(producer);
        meters.bindTo(registry);
        return meters;
    }

    @Override
    public void close() {
        producer.close(timeout);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told everything.
    private CompletableFuture<Boolean> send(Outgoing outgoing) {
        CompletableFuture<Boolean> acknowledged = new CompletableFuture<>();
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(outgoing.topic(), null, outgoing.key(), outgoing.value());
        outgoing.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record, (_, failure) -> {
                if (failure == null) {
                    acknowledged.complete(true);
                } else {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }
}
