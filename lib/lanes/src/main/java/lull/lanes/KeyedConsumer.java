package lull.lanes;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import lull.runtime.log.OutageLog;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Consumer that handles topics in order per key and in parallel across keys. One thread polls
/// continuously; records run on virtual threads; memory is bounded by pausing partitions. Offsets are
/// committed up to the lowest unfinished record, and the finished ones above it as ranges in the
/// commit's metadata, so that neither a slow key nor a restart makes other records repeat. Handling is
/// at least once: effects need ids of their own.
///
/// The consumer's `partition.assignment.strategy` must be cooperative, its `session.timeout.ms` that of
/// the limits, and its automatic commit off. Closing it lets running records finish within the drain
/// limit, commits and leaves the group.
public final class KeyedConsumer<V> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeyedConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /// The poll thread waits for Kafka's answer for at most this fraction of the session timeout, so
    /// that running records may continue.
    private static final int LEARN_SHARE = 6;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String name;
    private final List<String> topics;
    private final OutageLog outage;
    private final Consumer<byte[], byte[]> consumer;
    private final KeyedExecutor<V> engine;
    private final LaneOptions options;
    private final LongSupplier nanoTime;
    private final FlowMetrics metrics;
    private final Thread thread;
    private final Rebalance rebalance = new Rebalance();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String failure;

    /// Assigned partitions whose start position is not known yet. They are paused. Only the poll thread
    /// changes this set.
    private final Set<TopicPartition> unlearned = new HashSet<>();

    private volatile @Nullable String notLearned;
    private long lastLearned;
    private volatile boolean assigned;
    private long lastCommit;

    /// Description of a flow: its topics, the way it reads, and its handler.
    ///
    /// @param name the flow's name in threads, logs and health
    /// @param topics of which equal keys are the same lane
    /// @param scopes which pauses apply to the records of a key
    public record Flow<V>(
            String name,
            List<String> topics,
            ValueReader<V> reader,
            Handler<V> handler,
            DeadLetters deadLetters,
            ScopeLookup scopes) {}

    /// Creates an engine on its own consumer; it polls after it was started.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public KeyedConsumer(
            Flow<V> flow,
            Consumer<byte[], byte[]> consumer,
            LaneOptions options,
            RandomGenerator random,
            LongSupplier nanoTime,
            FlowMetrics metrics) {
        this.name = flow.name();
        this.outage = new OutageLog(log, "flow", flow.name(), nanoTime);
        this.topics = List.copyOf(flow.topics());
        this.consumer = consumer;
        this.options = options;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.engine = new KeyedExecutor<>(
                flow.name(),
                new Attempt<>(flow.reader(), flow.handler(), flow.deadLetters(), options.maxFailures(), metrics),
                flow.scopes(),
                options,
                random,
                nanoTime,
                metrics);
        this.lastCommit = nanoTime.getAsLong();
        this.lastLearned = lastCommit;
        this.thread = Thread.ofPlatform().name("poll-" + flow.name()).unstarted(this::pollUntilClosed);
    }

    /// Subscribes and starts to poll.
    public void start() {
        subscribe();
        thread.start();
    }

    /// Returns why the flow cannot read its topic, in words; empty if it can.
    public Optional<String> problem() {
        return Optional.ofNullable(failure).or(() -> Optional.ofNullable(notLearned));
    }

    /// Returns the pauses in force; records outside of them continue.
    public List<Pause> pauses() {
        return engine.pauses();
    }

    /// Returns the keys that wait for another attempt or for the end of a pause; the one that waits longest is first.
    ///
    /// @param most how many are returned
    public List<WaitingKey> waiting(int most) {
        return engine.waiting(most);
    }

    /// Returns the partitions that this process has now.
    public Held held() {
        return engine.held();
    }

    /// Returns the records that fail unexpectedly and are retried; all other keys continue.
    public List<FailingRecord> failing() {
        return engine.failing();
    }

    /// Whether the poll thread has ended although the consumer was not closed.
    public boolean isDead() {
        return closing.getCount() > 0 && thread.getState() == Thread.State.TERMINATED;
    }

    /// Whether the group has assigned partitions to this process, possibly none, at least once.
    public boolean isAssigned() {
        return assigned;
    }

    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            if (!thread.join(options.drain().multipliedBy(2).plus(AFTER_FAILURE))) {
                log.atWarn().addKeyValue("flow", name).log("The poll thread did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void subscribe() {
        consumer.subscribe(topics, rebalance);
    }

    ConsumerRebalanceListener rebalance() {
        return rebalance;
    }

    /// One round: find start positions of partitions, poll, queue, start, pause or resume, commit.
    void round() {
        learnAgain();
        engine.takeRereads().forEach((partition, offset) -> consumer.seek(partition, offset));
        ConsumerRecords<byte[], byte[]> records = consumer.poll(engine.untilDue(POLL));
        if (engine.isPollOverdue()) {
            proveMembership(records);
        }
        engine.polled();
        records.partitions().forEach(partition -> accept(partition, records.records(partition)));
        engine.start();
        pauseOrResume();
        commitWhenDue();
    }

    /// Lets running records finish within the drain limit, commits what is finished and closes the
    /// consumer.
    void leave() {
        release(consumer.assignment());
        consumer.close();
    }

    private void pollUntilClosed() {
        while (closing.getCount() > 0) {
            try {
                round();
                failure = null;
                if (notLearned == null) {
                    outage.passed();
                }
            } catch (WakeupException e) {
                // Only close() wakes the consumer, and the loop's condition detects it.
                log.atDebug().addKeyValue("flow", name).log("Woken to close");
            } catch (RuntimeException e) {
                metrics.pollFailed();
                failure = "cannot read " + String.join(", ", topics) + ": " + e.getMessage();
                outage.failed(e);
                pauseAfterFailure();
            }
        }
        try {
            leave();
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("flow", name).setCause(e).log("Could not leave the consumer group cleanly");
        }
    }

    private void pauseAfterFailure() {
        try {
            closing.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pauseOrResume() {
        if (engine.isFull()) {
            Set<TopicPartition> going = new HashSet<>(consumer.assignment());
            going.removeAll(consumer.paused());
            consumer.pause(going);
        } else if (!consumer.paused().isEmpty() && engine.hasRoom()) {
            Set<TopicPartition> again = new HashSet<>(consumer.paused());
            again.removeAll(unlearned);
            consumer.resume(again);
        }
    }

    /// Queues the records of a partition. Records of a partition without an assignment are counted and
    /// read again once there is one; skipping them would lose them.
    private void accept(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        if (engine.has(partition)) {
            engine.accept(partition, records);
            return;
        }
        metrics.unwanted(records.size());
        log.atError()
                .addKeyValue("flow", name)
                .addKeyValue("partition", partition.toString())
                .addKeyValue("records", records.size())
                .log("Received records of a partition that is not assigned to this process; they are read again");
        if (consumer.assignment().contains(partition)) {
            consumer.pause(Set.of(partition));
            consumer.seek(partition, records.getFirst().offset());
            unlearned.add(partition);
        }
    }

    private void learnAgain() {
        if (!unlearned.isEmpty() && nanoTime.getAsLong() - lastLearned >= AFTER_FAILURE.toNanos()) {
            learn();
        }
    }

    /// Asks Kafka for the start positions of newly assigned partitions, and assigns them to the engine.
    /// If Kafka does not answer, they stay paused and the question is repeated; until then the flow is
    /// not ready.
    private void learn() {
        Set<TopicPartition> partitions = Set.copyOf(unlearned);
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    consumer.committed(partitions, options.sessionTimeout().dividedBy(LEARN_SHARE));
            partitions.forEach(partition -> learned(partition, committed.get(partition)));
            unlearned.removeAll(partitions);
            notLearned = null;
        } catch (RuntimeException e) {
            // The consumer would pass on an exception thrown in a rebalance, although the partitions
            // are assigned.
            unlearned.retainAll(consumer.assignment());
            consumer.pause(unlearned);
            metrics.pollFailed();
            notLearned = "does not know the committed offsets of " + partitions.size() + " partitions of "
                    + String.join(", ", topics) + ":"
                    + " "
                    + e.getMessage();
            outage.failed(e);
        }
        lastLearned = nanoTime.getAsLong();
    }

    /// Lets the consumer start where the engine does.
    private void learned(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        engine.assign(partition, committed);
        if (committed != null && notLearned != null) {
            consumer.seek(partition, committed.offset());
        }
    }

    private void commitWhenDue() {
        long now = nanoTime.getAsLong();
        if (now - lastCommit < options.commitEvery().toNanos()) {
            return;
        }
        lastCommit = now;
        Map<TopicPartition, OffsetAndMetadata> commits = engine.takeCommits();
        if (commits.isEmpty()) {
            return;
        }
        consumer.commitAsync(commits, (_, e) -> {
            if (e != null) {
                metrics.commitFailed();
                engine.notCommitted(commits.keySet());
            }
        });
    }

    /// Checks by a commit that this process is still a member of the group. After a long pause of the
    /// process others may have its partitions without the consumer knowing it; the group rejects a
    /// commit of a former member. If the check fails without a result, the polled records must be
    /// polled again; otherwise later records would be handled before them.
    private void proveMembership(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, OffsetAndMetadata> commits = engine.allCommits();
        try {
            if (!commits.isEmpty()) {
                consumer.commitSync(commits, options.drain());
            }
        } catch (KafkaException e) {
            Set<TopicPartition> own = consumer.assignment();
            polled.partitions().stream()
                    .filter(own::contains)
                    .forEach(partition -> consumer.seek(
                            partition, polled.records(partition).getFirst().offset()));
            throw e;
        }
    }

    private void release(Collection<TopicPartition> partitions) {
        try {
            finish(partitions);
        } finally {
            unlearned.removeAll(partitions);
            engine.drop(partitions);
        }
    }

    /// Lets running records finish, and commits what is finished.
    private void finish(Collection<TopicPartition> partitions) {
        engine.stop(partitions);
        if (!engine.awaitIdle(partitions, options.drain())) {
            log.atWarn()
                    .addKeyValue("flow", name)
                    .log("Some records were not finished when their partition was revoked");
        }
        Map<TopicPartition, OffsetAndMetadata> commits = engine.takeCommits();
        try {
            if (!commits.isEmpty()) {
                consumer.commitSync(commits, options.drain());
            }
        } catch (KafkaException e) {
            // The next owner of the partition repeats what was finished since the last commit.
            metrics.commitFailed();
            engine.notCommitted(commits.keySet());
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            unlearned.addAll(partitions);
            if (!partitions.isEmpty()) {
                learn();
            }
            assigned = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            release(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            unlearned.removeAll(partitions);
            engine.drop(partitions);
        }
    }
}
