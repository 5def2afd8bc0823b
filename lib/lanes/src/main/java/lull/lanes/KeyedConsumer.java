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

/// Consumer of a topic in order per key and in parallel across keys. One thread polls, always; records run on
/// virtual threads; what is in memory is bounded by pausing partitions. Offsets are committed up to the lowest
/// unfinished record, and the finished ones above it as ranges in the commit's metadata, so that neither a slow
/// key nor a restart makes the others repeat. Handling is at least once: effects need ids of their own.
///
/// The consumer's `partition.assignment.strategy` is to be cooperative, its `session.timeout.ms` that of the
/// limits, and its automatic commit off. Closing it lets running records finish within the drain limit, commits
/// and leaves the group.
public final class KeyedConsumer<V> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeyedConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /// The poll thread waits for Kafka's answer for this part of the session timeout, so that what runs may go on.
    private static final int LEARN_SHARE = 6;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String name;
    private final String topic;
    private final OutageLog outage;
    private final Consumer<byte[], byte[]> consumer;
    private final KeyedExecutor<V> engine;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final FlowMetrics metrics;
    private final Thread thread;
    private final Rebalance rebalance = new Rebalance();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String failure;

    /// Partitions that were assigned, and of which it is not known yet where they go on. They are paused. Only the poll
    /// thread changes them.
    private final Set<TopicPartition> unlearned = new HashSet<>();

    private volatile @Nullable String notLearned;
    private long lastLearned;
    private volatile boolean assigned;
    private long lastCommit;

    /// What a flow does: where it reads, how, and what it does with it.
    ///
    /// @param name names the flow in threads, logs and health
    /// @param scopes which pauses concern the records of a key
    public record Flow<V>(
            String name,
            String topic,
            ValueReader<V> reader,
            Handler<V> handler,
            DeadLetters deadLetters,
            ScopeLookup scopes) {}

    /// An engine on a consumer of its own; it polls once started.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public KeyedConsumer(
            Flow<V> flow,
            Consumer<byte[], byte[]> consumer,
            Limits limits,
            RandomGenerator random,
            LongSupplier nanoTime,
            FlowMetrics metrics) {
        this.name = flow.name();
        this.outage = new OutageLog(log, "flow", flow.name(), nanoTime);
        this.topic = flow.topic();
        this.consumer = consumer;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.engine = new KeyedExecutor<>(
                flow.name(),
                new Attempt<>(flow.reader(), flow.handler(), flow.deadLetters(), limits.maxFailures(), metrics),
                flow.scopes(),
                limits,
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

    /// What keeps the flow from reading its topic, in words; empty when it reads.
    public Optional<String> problem() {
        return Optional.ofNullable(failure).or(() -> Optional.ofNullable(notLearned));
    }

    /// The pauses in force; records outside of them go on.
    public List<Pause> pauses() {
        return engine.pauses();
    }

    /// The partitions that this process has now.
    public Held held() {
        return engine.held();
    }

    /// The records that fail unexpectedly and are tried again; all other keys go on.
    public List<FailingRecord> failing() {
        return engine.failing();
    }

    /// Whether the poll thread has ended though nobody closed it.
    public boolean isDead() {
        return closing.getCount() > 0 && thread.getState() == Thread.State.TERMINATED;
    }

    /// Whether the group has given this process its share of the partitions, be it none, at least once.
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
            if (!thread.join(limits.drain().multipliedBy(2).plus(AFTER_FAILURE))) {
                log.atWarn().addKeyValue("flow", name).log("The poll thread did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void subscribe() {
        consumer.subscribe(List.of(topic), rebalance);
    }

    ConsumerRebalanceListener rebalance() {
        return rebalance;
    }

    /// One round: learn where partitions go on, poll, queue, start, pause or resume, commit.
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

    /// Lets running records finish within the drain limit, commits what is finished and closes the consumer.
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
                // Only close() wakes the consumer, and the loop's condition sees it.
                log.atDebug().addKeyValue("flow", name).log("Woken to close");
            } catch (RuntimeException e) {
                metrics.pollFailed();
                failure = "cannot read " + topic + ": " + e.getMessage();
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

    /// Queues the records of a partition. Those that no assignment wants are counted, and read again once there
    /// is one: to pass them would lose them.
    private void accept(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        if (engine.has(partition)) {
            records.forEach(engine::accept);
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

    /// Asks Kafka where the partitions that were assigned go on, and takes them. If it does not answer,
    /// they are paused and it is asked again: until then the flow is not ready.
    private void learn() {
        Set<TopicPartition> partitions = Set.copyOf(unlearned);
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    consumer.committed(partitions, limits.sessionTimeout().dividedBy(LEARN_SHARE));
            partitions.forEach(partition -> learned(partition, committed.get(partition)));
            unlearned.removeAll(partitions);
            notLearned = null;
        } catch (RuntimeException e) {
            // What it throws in a rebalance the consumer would pass on, with the partitions assigned all the same.
            unlearned.retainAll(consumer.assignment());
            consumer.pause(unlearned);
            metrics.pollFailed();
            notLearned = "does not know the committed offsets of " + partitions.size() + " partitions of " + topic + ":"
                    + " "
                    + e.getMessage();
            outage.failed(e);
        }
        lastLearned = nanoTime.getAsLong();
    }

    /// The consumer begins where the engine does.
    private void learned(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        engine.assign(partition, committed);
        if (committed != null && notLearned != null) {
            consumer.seek(partition, committed.offset());
        }
    }

    private void commitWhenDue() {
        long now = nanoTime.getAsLong();
        if (now - lastCommit < limits.commitEvery().toNanos()) {
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

    /// After a long pause of the process others may have its partitions, and the consumer may not know it yet. A
    /// commit finds out, as the group refuses it from who is no member any more. Where nothing is found out, what
    /// was just polled is to be polled again, or the records behind it would pass for it.
    private void proveMembership(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, OffsetAndMetadata> commits = engine.allCommits();
        try {
            if (!commits.isEmpty()) {
                consumer.commitSync(commits, limits.drain());
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
        if (!engine.awaitIdle(partitions, limits.drain())) {
            log.atWarn()
                    .addKeyValue("flow", name)
                    .log("Some records were not finished when their partition was revoked");
        }
        Map<TopicPartition, OffsetAndMetadata> commits = engine.takeCommits();
        try {
            if (!commits.isEmpty()) {
                consumer.commitSync(commits, limits.drain());
            }
        } catch (KafkaException e) {
            // Whoever has the partition next repeats what was finished since the last commit.
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
