package lull.lanes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import lull.contract.json.UnreadableJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executor of the records of the partitions that this process has, which knows what may be committed.
/// It does not use the consumer: [KeyedConsumer] reports to it records, assignments and lost
/// partitions. All methods may be called from any thread.
final class KeyedExecutor<V> {

    private static final Logger log = LoggerFactory.getLogger(KeyedExecutor.class);

    /// How many records a thread runs one after the other.
    private static final int RECORDS_OF_A_THREAD = 32;

    private final Attempt<V> attempt;
    private final LaneOptions options;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final FlowMetrics metrics;
    private final ThreadFactory threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somethingEnded = lock.newCondition();
    private final Lanes lanes;
    private final Pauses pauses;
    private final Function<String, Optional<PauseScope>> holding;
    private final String name;

    /// The scopes that each running probe tests.
    private final IdentityHashMap<QueuedRecord, Set<PauseScope>> probes = new IdentityHashMap<>();

    /// Whether a pause has ended since the last check for records not kept in memory.
    private boolean pauseEnded;

    private final Assignments assignments = new Assignments();
    private volatile long lastPoll;

    KeyedExecutor(
            String name,
            Attempt<V> attempt,
            ScopeLookup scopes,
            LaneOptions options,
            RandomGenerator random,
            LongSupplier nanoTime,
            FlowMetrics metrics) {
        this.name = name;
        this.attempt = attempt;
        this.options = options;
        this.random = random;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.threads = Thread.ofVirtual().name(name + "-", 0).factory();
        // Records held back by a pause may use half of the memory for waiting records; otherwise they
        // would block all others.
        this.lanes = new Lanes(
                options.slots(),
                options.holdBack().toNanos(),
                options.maxStuckRecords() / 2,
                options.maxStuckBytes() / 2);
        this.pauses = new Pauses(scopes, options.pausedRetry().toNanos());
        this.holding = pauses::holding;
        this.lastPoll = nanoTime.getAsLong();
        metrics.show(
                "records",
                "Records in memory that do not wait for a retry",
                this,
                engine -> engine.read(engine.lanes::records));
        metrics.show(
                "bytes",
                "Bytes of records in memory that do not wait for a" + " retry",
                this,
                engine -> engine.read(engine.lanes::bytes));
        metrics.show(
                "stuck.records",
                "Records in memory whose key waits for a retry",
                this,
                engine -> engine.read(engine.lanes::stuckRecords));
        metrics.show(
                "stuck.bytes",
                "Bytes of records in memory whose key waits for a retry",
                this,
                engine -> engine.read(engine.lanes::stuckBytes));
        metrics.show("running", "Records being handled", this, engine -> engine.read(engine.lanes::running));
        metrics.show("waiting", "Keys whose record waits", this, engine -> engine.read(engine.lanes::waiting));
        metrics.show(
                "shed.records",
                "Unfinished records of paused scopes that were dropped from memory and are read again later",
                this,
                engine -> engine.read(engine.assignments::shed));
    }

    /// Reports that the consumer has just polled, so this process still has its partitions.
    void polled() {
        lastPoll = nanoTime.getAsLong();
    }

    /// Whether the last poll is so old that no lane may act.
    boolean isPollOverdue() {
        return nanoTime.getAsLong() - lastPoll > options.sessionTimeout().toNanos() / 2;
    }

    /// Adds a partition to this process.
    void assign(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        locked(() -> assignments.add(partition, committed));
    }

    /// Whether this process has a partition.
    boolean has(TopicPartition partition) {
        return read(() -> assignments.get(partition).isPresent());
    }

    /// Queues records of a partition, in their order.
    void accept(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        locked(() -> assignments
                .get(partition)
                .filter(assignment -> !assignment.isStopping())
                .ifPresent(assignment -> {
                    long now = nanoTime.getAsLong();
                    records.forEach(record -> accept(record, assignment, now));
                }));
    }

    private void accept(ConsumerRecord<byte[], byte[]> record, Assignment assignment, long now) {
        boolean isReread = assignment.tracker().isReread(record.offset());
        if (!assignment.tracker().accept(record.offset())) {
            if (!isReread) {
                metrics.skipped();
            }
            return;
        }
        byte[] key = record.key();
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        lanes.add(new QueuedRecord(record, assignment, text, now, 0), pauses.holding(text));
    }

    /// Returns the offsets from which to read again records not kept in memory, after their pause has
    /// ended and there is room.
    Map<TopicPartition, Long> takeRereads() {
        if (!read(() -> pauseEnded) || !hasRoom()) {
            return Map.of();
        }
        return read(() -> {
            pauseEnded = false;
            Map<TopicPartition, Long> from = new HashMap<>();
            assignments.present().forEach(assignment -> {
                if (lanes.takeBack(
                        assignment.partition(), key -> pauses.holding(key).isPresent())) {
                    assignment.tracker().reread().ifPresent(offset -> from.put(assignment.partition(), offset));
                }
            });
            return from;
        });
    }

    /// Starts every record that is due and has a slot.
    void start() {
        locked(() -> {
            QueuedRecord first = startDue(nanoTime.getAsLong());
            if (first != null) {
                thread(first);
            }
        });
    }

    /// Starts no more records of these partitions.
    void stop(Collection<TopicPartition> partitions) {
        locked(() -> partitions.forEach(partition -> {
            assignments.get(partition).ifPresent(Assignment::stop);
            clear(partition);
        }));
    }

    private void clear(TopicPartition partition) {
        lanes.clear(partition);
        forgetUnused();
    }

    /// Drops pauses that no longer hold anything back; they are set again if still needed.
    private void forgetUnused() {
        if (pauses.retain(lanes::isParked)) {
            pauseEnded = true;
            showPauses();
        }
    }

    /// Waits until no record of these partitions runs, at most for the limit; returns whether none
    /// runs.
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

    /// Forgets these partitions; records of them that still run have no effect any more.
    void drop(Collection<TopicPartition> partitions) {
        locked(() -> partitions.forEach(partition -> {
            assignments.lose(partition);
            attempt.drop(partition);
            clear(partition);
        }));
    }

    /// Returns the partitions that this process has now.
    Held held() {
        return read(assignments::held);
    }

    /// Returns what may be committed and was not returned by an earlier call.
    Map<TopicPartition, OffsetAndMetadata> takeCommits() {
        return read(assignments::takeCommits);
    }

    /// Returns what may be committed, for every partition.
    Map<TopicPartition, OffsetAndMetadata> allCommits() {
        return read(assignments::commits);
    }

    /// Reports that the commit of these partitions has failed: the next [#takeCommits()] returns it
    /// again.
    void notCommitted(Collection<TopicPartition> partitions) {
        locked(() -> partitions.forEach(assignments::notCommitted));
    }

    /// Whether so much is in memory that no more records may be fetched.
    boolean isFull() {
        return read(() -> lanes.records() >= options.maxRecords()
                || lanes.bytes() >= options.maxBytes()
                || lanes.stuckRecords() >= options.maxStuckRecords()
                || lanes.stuckBytes() >= options.maxStuckBytes());
    }

    /// Whether there is room again. This requires more free room than is needed to make [#isFull()]
    /// false, so that the two do not alternate.
    boolean hasRoom() {
        return read(() -> lanes.records() <= options.maxRecords() / 2
                && lanes.bytes() <= options.maxBytes() / 2
                && lanes.stuckRecords() <= options.maxStuckRecords() - options.maxStuckRecords() / 10
                && lanes.stuckBytes() <= options.maxStuckBytes() - options.maxStuckBytes() / 10);
    }

    /// How long until something may be due, at most `limit`.
    Duration untilDue(Duration limit) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            long due = Math.min(
                    lanes.nextDue().orElse(Long.MAX_VALUE), pauses.nextDue().orElse(Long.MAX_VALUE));
            // A record that is due already waits for a slot, and the record that frees the slot starts
            // it.
            return due <= now || due - now > limit.toNanos() ? limit : Duration.ofNanos(due - now);
        } finally {
            lock.unlock();
        }
    }

    /// Returns the keys that wait for another attempt or for the end of a pause; the oldest first.
    ///
    /// @param most how many are returned
    List<WaitingKey> waiting(int most) {
        Map<PauseScope, String> reasons = new HashMap<>();
        pauses.inForce().forEach(pause -> reasons.put(pause.scope(), pause.reason()));
        return read(() -> lanes.stuck(most, scope -> "paused: " + reasons.getOrDefault(scope, scope.toString())));
    }

    /// Returns the pauses in force.
    List<Pause> pauses() {
        return pauses.inForce();
    }

    /// Returns the records that fail unexpectedly and are retried.
    List<FailingRecord> failing() {
        return attempt.failing();
    }

    /// Starts every record that is due and has a slot, but for the first of them: the caller runs it.
    private @Nullable QueuedRecord startDue(long now) {
        for (PauseScope scope : pauses.due(now)) {
            lanes.takeParked(scope, key -> pauses.forbidding(key, now)).ifPresent(queued -> {
                probes.put(queued, pauses.probe(scope, queued.key()));
                assignments.started(queued.assignment());
                thread(queued);
            });
        }
        QueuedRecord first = take(now);
        if (first != null) {
            for (QueuedRecord next = take(now); next != null; next = take(now)) {
                thread(next);
            }
        }
        return first;
    }

    private @Nullable QueuedRecord take(long now) {
        Optional<QueuedRecord> next = lanes.take(now, holding);
        next.ifPresent(queued -> assignments.started(queued.assignment()));
        return next.orElse(null);
    }

    private void thread(QueuedRecord queued) {
        threads.newThread(() -> run(queued)).start();
    }

    /// Runs a record, and then others that are due, which is cheaper than a thread for each. After some of them it lets
    /// those run that were started meanwhile: virtual threads do not take turns by themselves.
    private void run(QueuedRecord first) {
        QueuedRecord queued = first;
        for (int left = RECORDS_OF_A_THREAD; queued != null; left--) {
            Outcome outcome = attempt.at(queued, new LaneFence(queued));
            // The interruption was that of this record.
            boolean ignored = Thread.interrupted();
            queued = ended(queued, outcome, left > 1);
        }
    }

    /// Ends a record, and starts what is due. Returns the record that the thread runs next; none if it ends.
    ///
    /// @param goesOn whether the thread may run another one
    private @Nullable QueuedRecord ended(QueuedRecord queued, Outcome outcome, boolean goesOn) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            ended(queued, outcome, now);
            learn(queued, outcome, now);
            assignments.ended(queued.assignment());
            somethingEnded.signalAll();
            QueuedRecord next = startDue(now);
            if (next == null || goesOn) {
                return next;
            }
            thread(next);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void ended(QueuedRecord queued, Outcome outcome, long now) {
        switch (outcome) {
            case Outcome.Done() -> finished(queued, now);
            case Outcome.Reject refused -> finished(queued, now);
            case Outcome.Retry(Duration atLeast, String reason) -> again(queued, atLeast, reason, now);
            case Outcome.Deferred(Duration time) -> deferred(queued, time, now);
            case Outcome.AwaitNext(Duration atMost) -> awaitNext(queued, atMost, now);
            case Outcome.Pause(PauseScope scope, String reason) -> {
                if (queued.assignment().isStopping()) {
                    lanes.abandoned(queued);
                } else {
                    lanes.park(queued.again(), scope);
                }
            }
        }
    }

    /// Applies an outcome to the pauses.
    private void learn(QueuedRecord queued, Outcome outcome, long now) {
        Set<PauseScope> probed =
                probes.isEmpty() ? Set.of() : Objects.requireNonNullElse(probes.remove(queued), Set.of());
        switch (outcome) {
            case Outcome.Done() -> resume(probed, now);
            case Outcome.Reject refused -> resume(probed, now);
            case Outcome.Retry(Duration atLeast, String reason) -> pauses.unproved(probed, atLeast.toNanos(), now);
            case Outcome.Deferred(Duration time) -> pauses.unproved(probed, time.toNanos(), now);
            case Outcome.AwaitNext(Duration atMost) -> pauses.unproved(probed, atMost.toNanos(), now);
            case Outcome.Pause(PauseScope scope, String reason) -> {
                if (probed.contains(scope)) {
                    pauses.unproved(probed, Long.MAX_VALUE, now);
                } else {
                    // The call got further than before: the cause of the pause is fixed, and something
                    // else is wrong.
                    resume(probed, now);
                }
                pause(scope, reason, now);
            }
        }
        if (queued.assignment().isStopping()) {
            forgetUnused();
        }
    }

    private void showPauses() {
        metrics.paused(pauses.inForce().stream()
                .map(pause -> new FlowMetrics.PausedScope(
                        pause.scope().kind(), pause.scope().name()))
                .toList());
    }

    private void pause(PauseScope scope, String reason, long now) {
        if (pauses.pause(scope, reason, now)) {
            log.atError()
                    .addKeyValue("flow", name)
                    .addKeyValue("scope", scope.toString())
                    .addKeyValue("error", reason)
                    .log("Paused: records in this scope wait until its configuration is fixed; it then resumes"
                            + " by itself, and nothing is lost");
            showPauses();
        }
    }

    private void resume(Set<PauseScope> probed, long now) {
        for (PauseScope scope : pauses.over(probed)) {
            lanes.release(scope, now);
            pauseEnded = true;
            log.atInfo()
                    .addKeyValue("flow", name)
                    .addKeyValue("scope", scope.toString())
                    .log("Resumed: records in this scope are handled again");
            showPauses();
        }
    }

    private void finished(QueuedRecord queued, long now) {
        if (!queued.assignment().isLost()) {
            queued.assignment().tracker().finish(queued.record().offset());
        }
        if (queued.assignment().isStopping()) {
            lanes.abandoned(queued);
        } else {
            lanes.finished(queued, now);
        }
    }

    private void again(QueuedRecord queued, Duration atLeast, String reason, long now) {
        if (queued.assignment().isStopping()) {
            lanes.abandoned(queued);
        } else {
            Duration wait = options.backOff().after(queued.attempt(), atLeast, random);
            lanes.later(queued.again(), now + wait.toNanos(), reason);
        }
    }

    /// Waits a little longer than requested, so that records that wait for the same thing do not all
    /// continue at once.
    private void deferred(QueuedRecord queued, Duration time, long now) {
        if (queued.assignment().isStopping()) {
            lanes.abandoned(queued);
        } else {
            long more = (long) (time.toNanos() * random.nextDouble() / 2);
            lanes.later(queued, now + time.toNanos() + more, "not before something else has happened");
        }
    }

    private void awaitNext(QueuedRecord queued, Duration atMost, long now) {
        if (queued.assignment().isStopping()) {
            lanes.abandoned(queued);
        } else {
            lanes.awaitNext(queued, now + atMost.toNanos(), now, "waits for more records of its key");
        }
    }

    /// Fence of a running record.
    private final class LaneFence implements Fence {

        private final QueuedRecord running;

        LaneFence(QueuedRecord running) {
            this.running = running;
        }

        @Override
        public void check() {
            checkFence(running.assignment());
        }

        @Override
        public boolean isFollowed() {
            return read(() -> lanes.isFollowed(running));
        }

        @Override
        public <T> List<T> following(ValueReader<T> reader, int most) {
            List<T> values = new ArrayList<>();
            for (QueuedRecord next : read(() -> lanes.following(running, most))) {
                try {
                    values.add(reader.read(next.record()));
                } catch (UnreadableJson e) {
                    // It becomes a dead letter in its place, so nothing may be decided about those after it.
                    break;
                }
            }
            return values;
        }
    }

    private void checkFence(Assignment assignment) {
        if (assignment.isLost()) {
            throw new LaneLost("The partition is lost");
        }
        if (isPollOverdue()) {
            throw new LaneLost("The last poll was too long ago");
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
