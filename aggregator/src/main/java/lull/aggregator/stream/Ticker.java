package lull.aggregator.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lull.contract.json.Json;
import lull.contract.message.InputRecord;
import lull.contract.message.Tick;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Timer that appends ticks to an input topic from its own thread and producer: a probe shortly before
/// turns of a partition are due, and when it is acknowledged and they are due, the tick that ends them.
/// While a broker is dead but not yet removed by the others, the leader accepts records and
/// acknowledges none. The ingress's messages wait then, so a turn that is due may still get some. The
/// probe waits like them. When the tick is finally appended, the log shows a hole.
///
/// The producer is idempotent but not transactional: a tick within the aggregator's transaction would
/// block every reader of the partition until the commit. Each partition has at most one tick in flight,
/// and ticks are at least [#SPACING] apart; so a backlog holds one tick and its probe, regardless of
/// its length.
public final class Ticker implements TickTimer, AutoCloseable {

    /// The minimum time between the ticks of a partition.
    public static final Duration SPACING = Duration.ofMillis(100);

    /// A tick that was not read back is considered lost when its partition has made no progress for
    /// this long.
    static final Duration LOST = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    /// How long an acknowledged probe is valid. Less than a hole's limit, so that a hole after it is
    /// found.
    static final Duration PROVEN = Duration.ofMillis(250);

    /// The maximum time before turns are due at which a probe is sent.
    private static final Duration MAX_LEAD = Duration.ofSeconds(1);

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();
    private static final long AFTER_FAILURE_NANOS = Duration.ofMillis(500).toNanos();
    private static final byte[] TICK = value(Tick.CLOSING);
    private static final byte[] PROBE = value(Tick.PROBE);

    private final String topic;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final AggregatorMetrics metrics;
    private final InstantSource clock;
    private final Map<Integer, Slot> slots = new ConcurrentHashMap<>();
    private final Thread thread;

    private volatile boolean open = true;

    /// State of a partition. Times are of `System.nanoTime()`. The thread that handles the partition
    /// writes what is due and read back, the timer's thread what it sent, and the producer's thread
    /// what was acknowledged.
    private static final class Slot {
        volatile boolean due;
        volatile long dueAt;
        volatile boolean inFlight;
        volatile long sentAt = System.nanoTime() - SPACING.toNanos();
        volatile long progressAt = System.nanoTime();
        volatile boolean probing;
        volatile long probedAt = sentAt;
        volatile long provenAt = System.nanoTime() - PROVEN.toNanos();

        /// How long before turns are due the probe is sent: about the duration of recent
        /// acknowledgements.
        volatile long lead = LOOK_NANOS;

        boolean needsProbe(long now) {
            return isFree(now)
                    && now - dueAt >= -lead
                    && !probing
                    && !isProven(now)
                    && now - probedAt >= SPACING.toNanos();
        }

        boolean needsTick(long now) {
            return isFree(now) && now - dueAt >= 0 && isProven(now) && now - sentAt >= SPACING.toNanos();
        }

        private boolean isFree(long now) {
            boolean lost = now - Math.max(sentAt, progressAt) > LOST.toNanos();
            return due && (!inFlight || lost);
        }

        private boolean isProven(long now) {
            return now - provenAt < PROVEN.toNanos();
        }

        void proven(long now) {
            provenAt = now;
            lead = Math.clamp(now - probedAt, lead - lead / 8, MAX_LEAD.toNanos());
        }
    }

    /// Starts the timer of a topic.
    ///
    /// @param producers creates the producer, and a new one after a permanent failure
    /// @param clock the clock with which the broker's clock is compared, for operators
    public Ticker(
            String topic,
            Supplier<Producer<byte[], byte[]>> producers,
            AggregatorMetrics metrics,
            InstantSource clock) {
        this.topic = topic;
        this.producers = producers;
        this.metrics = metrics;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("ticker-" + topic).daemon().start(this::run);
    }

    @Override
    public void due(int partition, long inMillis) {
        Slot slot = slot(partition);
        long now = System.nanoTime();
        slot.progressAt = now;
        slot.dueAt = now + Duration.ofMillis(inMillis).toNanos();
        slot.due = true;
    }

    @Override
    public void nothingDue(int partition) {
        Slot slot = slot(partition);
        slot.progressAt = System.nanoTime();
        slot.due = false;
    }

    @Override
    public void read(int partition) {
        slot(partition).inFlight = false;
    }

    @Override
    public void released(int partition) {
        slots.remove(partition);
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Slot slot(int partition) {
        return slots.computeIfAbsent(partition, _ -> new Slot());
    }

    private void run() {
        Producer<byte[], byte[]> producer = null;
        while (open) {
            long pause = LOOK_NANOS;
            try {
                if (producer == null) {
                    producer = producers.get();
                }
                sendDue(producer);
            } catch (TimeoutException e) {
                metrics.tickFailed();
            } catch (RuntimeException e) {
                // Nothing restarts this thread, so it survives every failure, including that of a new
                // producer.
                metrics.tickFailed();
                log.atWarn()
                        .addKeyValue("topic", topic)
                        .setCause(e)
                        .log("The producer of ticks failed and is replaced");
                close(producer);
                producer = null;
                pause = AFTER_FAILURE_NANOS;
            }
            LockSupport.parkNanos(pause);
        }
        close(producer);
    }

    private static void close(@Nullable Producer<byte[], byte[]> producer) {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    private void sendDue(Producer<byte[], byte[]> producer) {
        long now = System.nanoTime();
        slots.forEach((partition, slot) -> {
            if (slot.needsTick(now)) {
                slot.inFlight = true;
                slot.sentAt = now;
                // One probe is valid for one tick.
                slot.provenAt = now - PROVEN.toNanos();
                send(producer, partition, TICK, acknowledged -> {
                    if (!acknowledged) {
                        slot.inFlight = false;
                    }
                });
            } else if (slot.needsProbe(now)) {
                slot.probing = true;
                slot.probedAt = now;
                send(producer, partition, PROBE, acknowledged -> {
                    if (acknowledged) {
                        slot.proven(System.nanoTime());
                        LockSupport.unpark(thread);
                    }
                    slot.probing = false;
                });
            }
        });
    }

    /// Sends a record and reports whether it was acknowledged, unless the send call itself fails, which
    /// counts as not acknowledged.
    @SuppressWarnings("FutureReturnValueIgnored") // The callback gets every result.
    private void send(Producer<byte[], byte[]> producer, int partition, byte[] value, Consumer<Boolean> outcome) {
        try {
            long sent = clock.millis();
            producer.send(new ProducerRecord<>(topic, partition, null, value), (appended, failure) -> {
                outcome.accept(failure == null);
                if (failure == null) {
                    metrics.tickSent();
                    // The record was appended between the send and the acknowledgement.
                    metrics.brokerSkew(appended.timestamp() - (sent + clock.millis()) / 2);
                } else {
                    metrics.tickFailed();
                }
            });
        } catch (RuntimeException e) {
            outcome.accept(false);
            throw e;
        }
    }

    private static byte[] value(InputRecord tick) {
        return Json.bytes(tick);
    }
}
