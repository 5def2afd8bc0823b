package lull.runtime.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topic;
import lull.runtime.log.FailurePlace;
import lull.runtime.log.OutageLog;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reader that reads topics from their beginning, or only recent records, and then follows them.
/// Everything that was in them at the start has been read when [#problem()] is empty. One thread
/// delivers the records, in the order of each partition; all methods may be called by any thread. A
/// record that cannot be read, or that fails unexpectedly, is skipped and counted.
public final class TopicFollower implements AutoCloseable {

    /// Receiver of the records.
    @FunctionalInterface
    public interface Sink {

        /// Handles a record; throws [UnreadableJson] if it cannot be read, which is logged, and the
        /// record is skipped.
        void take(String key, byte @Nullable [] value, long offset) throws UnreadableJson;
    }

    /// Receiver of the records of several topics.
    @FunctionalInterface
    public interface TopicsSink {

        /// Handles a record; throws [UnreadableJson] if it cannot be read, which is logged, and the
        /// record is skipped.
        ///
        /// @param record with a key
        void take(ConsumerRecord<byte[], byte[]> record) throws UnreadableJson;
    }

    /// How much of each topic is read at the start.
    ///
    /// @param maxRecords the maximum number of latest records of a topic, in equal shares of its
    ///     partitions
    /// @param oldest the earliest time of a record
    public record Start(int maxRecords, Instant oldest) {}

    private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final UnreadableRecords unreadable = new UnreadableRecords(log);
    private final AtomicLong skipped = new AtomicLong();
    private final Consumer<byte[], byte[]> consumer;
    private final List<Topic> topics;
    private final String names;
    private final TopicsSink sink;
    private final @Nullable Start bounds;
    private final Duration timeout;
    private final OutageLog outage;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
    private final List<Target> targets = new ArrayList<>();
    private final CompletableFuture<Void> start = new CompletableFuture<>();
    private volatile @Nullable String failure;

    private record Target(Map<TopicPartition, Long> ends, CompletableFuture<Void> reached) {}

    /// Creates a follower of a whole topic on its own consumer; it reads after it was started.
    ///
    /// @param timeout how long reading to the current end may take
    public TopicFollower(Consumer<byte[], byte[]> consumer, Topic topic, Sink sink, Duration timeout) {
        this(
                consumer,
                List.of(topic),
                record -> sink.take(text(record.key()), record.value(), record.offset()),
                timeout,
                null);
    }

    /// Creates a follower of recent records of several topics, on its own consumer; it reads after it
    /// was started.
    ///
    /// @param timeout how long reading to the current end may take
    public TopicFollower(
            Consumer<byte[], byte[]> consumer, List<Topic> topics, TopicsSink sink, Start bounds, Duration timeout) {
        this(consumer, topics, sink, timeout, bounds);
    }

    private TopicFollower(
            Consumer<byte[], byte[]> consumer,
            List<Topic> topics,
            TopicsSink sink,
            Duration timeout,
            @Nullable Start bounds) {
        this.consumer = consumer;
        this.topics = List.copyOf(topics);
        this.names = topics.stream().map(Topic::name).collect(Collectors.joining(", "));
        this.sink = sink;
        this.timeout = timeout;
        this.outage = new OutageLog(log, "topic", names, System::nanoTime);
        this.bounds = bounds;
        this.thread =
                Thread.ofPlatform().name("follow-" + topics.getFirst().name()).unstarted(this::follow);
    }

    /// Starts to read.
    public void start() {
        asked.add(start);
        thread.start();
    }

    /// Returns why the records are incomplete or out of date, in words; empty if they are not.
    public Optional<String> problem() {
        String failure = this.failure;
        if (failure != null) {
            return Optional.of(failure);
        }
        return start.isDone() ? Optional.empty() : Optional.of("still reading " + names);
    }

    /// Waits until everything that was there at the start has been read.
    public void awaitStart(Duration limit) throws InterruptedException {
        await(start, limit);
    }

    /// Returns after everything that was in the topic at the time of the call was delivered; throws
    /// [NotAcknowledged] if that takes too long.
    public void toPresentEnd() throws InterruptedException {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        // One wake-up serves all callers until the reader has seen them: more would only interrupt it.
        boolean isFirst = asked.isEmpty();
        asked.add(reached);
        if (isFirst) {
            consumer.wakeup();
        }
        await(reached, timeout);
    }

    /// The number of records skipped because they could not be read or the sink failed.
    public long skipped() {
        return skipped.get();
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
            if (!thread.join(timeout)) {
                log.atWarn().addKeyValue("topic", names).log("The reader of a topic did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(CompletableFuture<Void> reached, Duration limit) throws InterruptedException {
        try {
            reached.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotAcknowledged(names, e);
        }
    }

    private void follow() {
        while (closing.getCount() > 0) {
            try {
                if (consumer.assignment().isEmpty()) {
                    assign();
                }
                round();
                failure = null;
                outage.passed();
            } catch (WakeupException e) {
                log.debug("Woken to look again");
            } catch (RuntimeException e) {
                failure = "cannot read " + names + ": " + e.getMessage();
                outage.failed(e);
                pause();
            }
        }
        consumer.close();
    }

    private void assign() {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Start start = bounds;
        try {
            if (start == null) {
                consumer.seekToBeginning(partitions);
            } else {
                startOffsets(partitions, start).forEach(consumer::seek);
            }
        } catch (RuntimeException e) {
            // Without positions nothing must be assigned either, so that the whole start is retried.
            consumer.assign(List.of());
            throw e;
        }
    }

    private Map<TopicPartition, Long> startOffsets(List<TopicPartition> partitions, Start start) {
        Map<String, Long> counts =
                partitions.stream().collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()));
        long oldest = start.oldest().toEpochMilli();
        Map<TopicPartition, OffsetAndTimestamp> byAge = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> oldest)));
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            long share = Math.max(1, start.maxRecords() / counts.getOrDefault(partition.topic(), 1L));
            long byCount = Math.max(beginnings.getOrDefault(partition, 0L), end - share);
            OffsetAndTimestamp first = byAge.get(partition);
            offsets.put(partition, first == null ? end : Math.max(first.offset(), byCount));
        }
        return offsets;
    }

    private void round() {
        List<CompletableFuture<Void>> now = List.copyOf(asked);
        if (!now.isEmpty()) {
            Map<TopicPartition, Long> ends = Map.copyOf(consumer.endOffsets(consumer.assignment()));
            now.forEach(one -> targets.add(new Target(ends, one)));
            // Only this thread removes entries, so these are still the first ones.
            now.forEach(_ -> asked.remove());
        }
        consumer.poll(POLL).forEach(this::take);
        targets.removeIf(target -> {
            boolean isReached = target.ends().entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            if (isReached) {
                target.reached().complete(null);
            }
            return isReached;
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        try {
            sink.take(record);
        } catch (UnreadableJson e) {
            skipped.incrementAndGet();
            unreadable.skipped(record, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The position is already after the whole batch: the records after this one must not be
            // lost.
            skipped.incrementAndGet();
            log.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", FailurePlace.withCauses(e))
                    .log("Failed unexpectedly; the record is skipped");
        }
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private void pause() {
        try {
            closing.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
