package lull.aggregator.stream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
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

/// Appends ticks to an input topic from a thread and a producer of its own.
///
/// The producer is idempotent but not transactional: a tick within the aggregator's transaction would hold back
/// every reader of the partition until the commit. Of each partition one tick is in flight at most, [#SPACING]
/// apart at least; a backlog thus holds one tick, however long it is.
public final class Ticker implements TickTimer, AutoCloseable {

    /// How far apart the ticks of a partition are at least.
    public static final Duration SPACING = Duration.ofMillis(100);

    /// A tick that was not read back is given up when its partition has made no progress for this long.
    static final Duration LOST = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();
    private static final long AFTER_FAILURE_NANOS = Duration.ofMillis(500).toNanos();
    private static final byte[] TICK = tick();

    private final String topic;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final AggregatorMetrics metrics;
    private final InstantSource clock;
    private final Map<Integer, Slot> slots = new ConcurrentHashMap<>();
    private final Thread thread;

    private volatile boolean open = true;

    /// What is known of a partition. Times are of `System.nanoTime()`.
    private static final class Slot {
        volatile boolean due;
        volatile long dueAt;
        volatile boolean inFlight;
        volatile long sentAt = System.nanoTime() - SPACING.toNanos();
        volatile long progressAt = System.nanoTime();

        boolean ready(long now) {
            boolean lost = now - Math.max(sentAt, progressAt) > LOST.toNanos();
            return due && now - dueAt >= 0 && now - sentAt >= SPACING.toNanos() && (!inFlight || lost);
        }
    }

    /// Starts the timer of a topic.
    ///
    /// @param producers makes the producer, again after one has failed for good
    /// @param clock what the broker's clock is compared with, for people
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
                // Nobody starts this thread again, so it outlives whatever happens, a new producer's failure included.
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
            if (slot.ready(now)) {
                slot.inFlight = true;
                slot.sentAt = now;
                send(producer, partition, slot);
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told everything.
    private void send(Producer<byte[], byte[]> producer, int partition, Slot slot) {
        try {
            long sent = clock.millis();
            producer.send(new ProducerRecord<>(topic, partition, null, TICK), (appended, failure) -> {
                if (failure == null) {
                    metrics.tickSent();
                    // The tick was appended somewhere between.
                    metrics.brokerSkew(appended.timestamp() - (sent + clock.millis()) / 2);
                } else {
                    slot.inFlight = false;
                    metrics.tickFailed();
                }
            });
        } catch (RuntimeException e) {
            slot.inFlight = false;
            throw e;
        }
    }

    private static byte[] tick() {
        InputRecord tick = new Tick();
        return Json.bytes(tick);
    }
}
