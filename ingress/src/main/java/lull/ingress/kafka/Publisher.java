package lull.ingress.kafka;

import static java.util.Objects.requireNonNullElse;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import lull.contract.json.Json;
import lull.contract.message.InputRecord;
import lull.contract.message.Tick;
import lull.ingress.webhook.IngressRecord;
import lull.runtime.CannotStart;
import lull.runtime.kafka.KafkaMeters;
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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the records of a webhook and waits until the broker has acknowledged them all.
///
/// A broker that has acknowledged nothing for as long as a webhook was held is away: from then on nothing is held,
/// and ticks, which an input topic takes at any time, are written until one is acknowledged. So it is found out
/// without traffic that the broker is back, also where a balancer sends none because of [#away]. A producer that
/// has failed for good, as one does that was not permitted to write, is replaced by a new one meanwhile.
public final class Publisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private static final String CLIENT = "lull-ingress";
    private static final int LINGER_MILLIS = 2;
    private static final long BUFFER_BYTES = 64 * 1024 * 1024;

    private static final long PROBE_EVERY_MILLIS = 500;
    private static final int MAX_PROBES = 4;
    private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

    private final Supplier<Producer<String, byte[]>> producers;
    private final LongPredicate brokerAnswers;
    private final String inputTopic;
    private final Duration timeout;
    private final Thread prober =
            Thread.ofPlatform().name("broker-probe").daemon().unstarted(this::probe);
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicLong probesTaken = new AtomicLong();

    private volatile Producer<String, byte[]> producer;
    private volatile @Nullable Meters meters;
    private volatile boolean spent;
    private volatile long acknowledgedAt = System.nanoTime();
    private volatile long failingSince;
    private volatile boolean away;
    private volatile boolean reported;
    private volatile boolean closed;

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

    /// @param producers makes the producer, again after one has failed for good
    /// @param brokerAnswers whether brokers answer steadily, also after a moment of `System.nanoTime()`; the watch
    ///     over Kafka reports it if none does
    /// @param inputTopic where ticks may be written to
    Publisher(
            Supplier<Producer<String, byte[]>> producers,
            LongPredicate brokerAnswers,
            String inputTopic,
            Duration timeout) {
        this.producers = producers;
        this.brokerAnswers = brokerAnswers;
        this.producer = producers.get();
        this.inputTopic = inputTopic;
        this.timeout = timeout;
        prober.start();
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
        Map<String, Object> properties = kafka.producer(CLIENT, defaults);
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
        if (away) {
            return false;
        }
        long start = System.nanoTime();
        Acknowledgement acknowledgement = new Acknowledgement(records.size());
        for (IngressRecord record : records) {
            send(record(record), acknowledgement);
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
            failed(start, requireNonNullElse(e.getCause(), e));
            return false;
        }
    }

    /// Whether the broker acknowledges nothing at all.
    public boolean away() {
        return away;
    }

    /// Registers the producer's own meters, and those of whichever takes its place.
    ///
    /// @param all whether all that Kafka measures is shown
    public void bind(MeterRegistry registry, boolean all) {
        meters = Meters.of(producer, registry, all);
    }

    @Override
    public void close() {
        closed = true;
        prober.interrupt();
        producer.close(timeout);
        Meters bound = meters;
        if (bound != null) {
            bound.close();
        }
    }

    private void failed(long start, Throwable cause) {
        long since = failingSince;
        if (since == 0 || acknowledgedAt - since > 0) {
            since = start;
            failingSince = start;
            // The first one alone: the meter counts how many follow.
            log.atWarn().addKeyValue("error", cause.getClass().getSimpleName()).log("Kafka did not acknowledge");
        }
        boolean inVain = System.nanoTime() - since >= timeout.toNanos() / 2;
        if (inVain && acknowledgedAt - since < 0 && !away) {
            away = true;
            reportAway();
        }
    }

    /// If no broker answers at all, the watch over Kafka reports that.
    private void reportAway() {
        if (!reported && brokerAnswers.test(failingSince)) {
            reported = true;
            log.warn("Kafka answers but does not acknowledge; webhooks are refused until it does. Check that enough"
                    + " replicas are in sync, and that the ingress may write to its topics");
        }
    }

    private void acknowledged() {
        acknowledgedAt = System.nanoTime();
        if (away) {
            away = false;
            if (reported) {
                reported = false;
                log.info("Kafka acknowledges again");
            }
        }
    }

    private static ProducerRecord<String, byte[]> record(IngressRecord outgoing) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(outgoing.topic(), null, outgoing.key(), outgoing.value());
        outgoing.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told everything.
    private void send(ProducerRecord<String, byte[]> record, Callback callback) {
        try {
            producer.send(record, callback);
        } catch (KafkaException | IllegalStateException e) {
            callback.onCompletion(null, e);
        }
    }

    private void probe() {
        int turn = 0;
        long renewedAt = System.nanoTime() - RENEW_EVERY.toNanos();
        while (!closed) {
            try {
                Thread.sleep(PROBE_EVERY_MILLIS);
                if (away && spent && System.nanoTime() - renewedAt >= RENEW_EVERY.toNanos()) {
                    renewedAt = System.nanoTime();
                    renew();
                }
                if (away) {
                    reportAway();
                }
                if (away && probes.get() < MAX_PROBES) {
                    turn++;
                    probes.incrementAndGet();
                    int partitions = producer.partitionsFor(inputTopic).size();
                    InputRecord tick = Tick.PROBE;
                    send(
                            new ProducerRecord<>(inputTopic, turn % partitions, null, Json.bytes(tick)),
                            (_, failure) -> probed(failure));
                }
            } catch (RuntimeException e) {
                probed(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void renew() {
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

    /// How many ticks were written to find out that the broker is back.
    public long probesTaken() {
        return probesTaken.get();
    }

    private void probed(@Nullable Exception failure) {
        probes.decrementAndGet();
        // What may be tried again is the broker's trouble, all else the producer's own.
        spent = failure != null && !(failure instanceof RetriableException);
        if (failure == null) {
            probesTaken.incrementAndGet();
            acknowledged();
        }
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
            acknowledged();
            if (missing.decrementAndGet() == 0) {
                done.complete(true);
            }
        }
    }
}
