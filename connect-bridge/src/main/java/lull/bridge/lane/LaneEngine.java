package lull.bridge.lane;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import lull.bridge.metric.FlowMetrics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Runs the records of the partitions that this process has, and knows what may be committed. It knows no
/// consumer: [KeyedConsumer] tells it what came and what it got and lost. All methods may be called from any
/// thread.
final class LaneEngine<V> {

    private final Attempt<V> attempt;
    private final Limits limits;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final FlowMetrics metrics;
    private final ThreadFactory threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somethingEnded = lock.newCondition();
    private final Lanes lanes;
    private final Halt halt;
    private final Assignments assignments = new Assignments();
    private volatile long lastPoll;

    LaneEngine(
            String name,
            Attempt<V> attempt,
            Limits limits,
            RandomGenerator random,
            LongSupplier nanoTime,
            FlowMetrics metrics) {
        this.attempt = attempt;
        this.limits = limits;
        this.random = random;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.threads = Thread.ofVirtual().name(name + "-", 0).factory();
        this.lanes = new Lanes(limits.slots(), limits.holdBack().toNanos());
        this.halt = new Halt(limits.misconfiguredRetry().toNanos());
        this.lastPoll = nanoTime.getAsLong();
        metrics.show("records", "Records in memory that go on", this, engine -> engine.read(engine.lanes::records));
        metrics.show(
                "bytes", "Bytes of records in memory that go on", this, engine -> engine.read(engine.lanes::bytes));
        metrics.show(
                "stuck.records",
                "Records in memory of keys that wait to try again",
                this,
                engine -> engine.read(engine.lanes::stuckRecords));
        metrics.show(
                "stuck.bytes",
                "Bytes of records in memory of keys that wait to try again",
                this,
                engine -> engine.read(engine.lanes::stuckBytes));
        metrics.show("running", "Records being handled", this, engine -> engine.read(engine.lanes::running));
        metrics.show("waiting", "Keys that wait", this, engine -> engine.read(engine.lanes::waiting));
        metrics.show(
                "halted",
                "1 while misconfigured",
                this,
                engine -> engine.haltReason().isPresent() ? 1 : 0);
    }

    /// The consumer has just polled, so this process still has what it has.
    void polled() {
        lastPoll = nanoTime.getAsLong();
    }

    /// Whether the last poll is so long ago that no lane acts any more.
    boolean isPollOverdue() {
        return nanoTime.getAsLong() - lastPoll > limits.sessionTimeout().toNanos() / 2;
    }

    /// The partition is this process's from now on.
    void assign(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        locked(() -> assignments.add(partition, committed));
    }

    /// Queues a record and starts what is due.
    void accept(ConsumerRecord<byte[], byte[]> record) {
        locked(() -> {
            Optional<Assignment> present = assignments.get(new TopicPartition(record.topic(), record.partition()));
            if (present.isEmpty() || present.get().isStopping()) {
                return;
            }
            Assignment assignment = present.get();
            if (!assignment.tracker().accept(record.offset())) {
                metrics.skipped();
                return;
            }
            byte[] key = record.key();
            String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
            lanes.add(new Queued(record, assignment, text, nanoTime.getAsLong(), 0));
        });
    }

    /// Starts every record that is due and has a slot.
    void start() {
        locked(this::startDue);
    }

    /// Starts no more records of these partitions.
    void stop(Collection<TopicPartition> partitions) {
        locked(() -> partitions.forEach(partition -> {
            assignments.get(partition).ifPresent(Assignment::stop);
            lanes.clear(partition);
        }));
    }

    /// Waits until nothing of these partitions runs, at most so long; returns whether nothing does.
    boolean awaitIdle(Collection<TopicPartition> partitions, Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (assignments.runs(partitions)) {
                if (left <= 0) {
                    return false;
                }
                left = somethingEnded.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets these partitions; what still runs of them changes nothing any more.
    void drop(Collection<TopicPartition> partitions) {
        locked(() -> partitions.forEach(partition -> {
            assignments.lose(partition);
            lanes.clear(partition);
        }));
    }

    /// What may be committed and was not since the last call.
    Map<TopicPartition, OffsetAndMetadata> takeCommits() {
        return read(assignments::takeCommits);
    }

    /// What may be committed of every partition.
    Map<TopicPartition, OffsetAndMetadata> allCommits() {
        return read(assignments::commits);
    }

    /// The commit of these partitions has failed: it comes with the next [#takeCommits()] again.
    void notCommitted(Collection<TopicPartition> partitions) {
        locked(() -> partitions.forEach(assignments::notCommitted));
    }

    /// Whether so much is in memory that nothing more is to be fetched.
    boolean isFull() {
        return read(() -> lanes.records() >= limits.maxRecords()
                || lanes.bytes() >= limits.maxBytes()
                || lanes.stuckRecords() >= limits.maxStuckRecords()
                || lanes.stuckBytes() >= limits.maxStuckBytes());
    }

    /// Whether there is room again, which is less than what makes [#isFull()] false, so that the two do not
    /// alternate.
    boolean hasRoom() {
        return read(() -> lanes.records() <= limits.maxRecords() / 2
                && lanes.bytes() <= limits.maxBytes() / 2
                && lanes.stuckRecords() <= limits.maxStuckRecords() - limits.maxStuckRecords() / 10
                && lanes.stuckBytes() <= limits.maxStuckBytes() - limits.maxStuckBytes() / 10);
    }

    /// How long until something may be due, at most `limit`.
    Duration untilDue(Duration limit) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            long due = lanes.nextDue().orElse(Long.MAX_VALUE);
            if (halt.reason().isPresent()) {
                due = Math.max(due, halt.until());
            }
            // What is due already waits for a slot, and whoever frees it starts it.
            return due <= now || due - now > limit.toNanos() ? limit : Duration.ofNanos(due - now);
        } finally {
            lock.unlock();
        }
    }

    /// Why the flow is paused; empty where it is not.
    Optional<String> haltReason() {
        return halt.reason();
    }

    private void startDue() {
        long now = nanoTime.getAsLong();
        while (halt.allows(now, lanes.running())) {
            Optional<Queued> next = lanes.take(now);
            if (next.isEmpty()) {
                return;
            }
            Queued queued = next.get();
            assignments.started(queued.assignment());
            threads.newThread(() -> run(queued)).start();
        }
    }

    private void run(Queued queued) {
        Outcome outcome = attempt.at(queued, () -> checkFence(queued.assignment()));
        locked(() -> {
            ended(queued, outcome);
            assignments.ended(queued.assignment());
            somethingEnded.signalAll();
            startDue();
        });
    }

    private void ended(Queued queued, Outcome outcome) {
        long now = nanoTime.getAsLong();
        switch (outcome) {
            case Outcome.Done() -> finished(queued, now);
            case Outcome.Refused refused -> finished(queued, now);
            case Outcome.Later(Duration atLeast, String reason) -> again(queued, atLeast, now);
            case Outcome.Wait(Duration time) -> inTurn(queued, time, now);
            case Outcome.Misconfigured(String reason) -> {
                halt.misconfigured(reason, now);
                again(queued, Duration.ZERO, now);
            }
        }
    }

    private void finished(Queued queued, long now) {
        halt.over();
        if (!queued.assignment().isLost()) {
            queued.assignment().tracker().finish(queued.record().offset());
        }
        if (queued.assignment().isStopping()) {
            lanes.abandoned(queued);
        } else {
            lanes.finished(queued, now);
        }
    }

    private void again(Queued queued, Duration atLeast, long now) {
        if (queued.assignment().isStopping()) {
            lanes.abandoned(queued);
        } else {
            Duration wait = limits.backOff().after(queued.attempt(), atLeast, random);
            lanes.later(queued.again(), now + wait.toNanos());
        }
    }

    /// With a little more than it was told, so that those who wait for the same do not all come at once.
    private void inTurn(Queued queued, Duration time, long now) {
        if (queued.assignment().isStopping()) {
            lanes.abandoned(queued);
        } else {
            long more = (long) (time.toNanos() * random.nextDouble() / 2);
            lanes.later(queued, now + time.toNanos() + more);
        }
    }

    private void checkFence(Assignment assignment) {
        if (assignment.isLost()) {
            throw new LaneLost("The partition is lost");
        }
        if (isPollOverdue()) {
            throw new LaneLost("The last poll is too long ago");
        }
    }

    private <T> T read(Supplier<T> value) {
        lock.lock();
        try {
            return value.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
