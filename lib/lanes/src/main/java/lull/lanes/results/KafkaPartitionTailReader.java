package lull.lanes.results;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topic;
import lull.lanes.Held;
import lull.runtime.BoundedMap;
import lull.runtime.kafka.NotAcknowledged;
import lull.runtime.kafka.UnreadableRecords;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [PartitionTailReader] of a topic, which reads each partition when it is first needed. All reads use
/// one consumer, which lives as long as this reader. Safe for several threads.
public final class KafkaPartitionTailReader<V> implements PartitionTailReader<V>, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaPartitionTailReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /// Means that the options decide where to start, instead of an offset.
    private static final long FROM_BOUNDS = -1;

    private final UnreadableRecords unreadable = new UnreadableRecords(log);
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Topic topic;
    private final Class<V> type;
    private final Options options;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Map<Integer, Loaded<V>> partitions = new ConcurrentHashMap<>();

    /// Guards the consumer.
    private final ReentrantLock reading = new ReentrantLock();

    private @Nullable Consumer<byte[], byte[]> consumer;
    private boolean closed;

    /// How much is read and kept.
    ///
    /// @param maxRecords the maximum number of latest records of a partition, and of keys in memory
    /// @param maxAge the maximum age of a record
    /// @param refreshEvery the minimum time between refreshes of a partition; the next refresh serves
    ///     all calls made meanwhile
    /// @param timeout of reading a partition
    /// @param maxValues how many of the latest values of a key are kept
    public record Options(int maxRecords, Duration maxAge, Duration refreshEvery, Duration timeout, int maxValues) {

        /// Keeps all values of a key.
        public Options(int maxRecords, Duration maxAge, Duration refreshEvery, Duration timeout) {
            this(maxRecords, maxAge, refreshEvery, timeout, Integer.MAX_VALUE);
        }

        /// Returns the same with a limit of the values of a key.
        public Options withMaxValues(int most) {
            return new Options(maxRecords, maxAge, refreshEvery, timeout, most);
        }
    }

    /// The values of a key, and when the last of them was written, in milliseconds of the wall clock.
    private static final class Entry<V> {
        private final List<V> values = new ArrayList<>(2);
        private long lastAt;

        void add(V value, long at, int most) {
            if (values.size() == most) {
                values.removeFirst();
            }
            values.add(value);
            lastAt = Math.max(lastAt, at);
        }
    }

    /// A partition as it was read under an assignment.
    private static final class Loaded<V> {

        private final long assignment;
        private final Map<String, Entry<V>> entries;

        /// Held by the thread that reads the partition; guards what has been read and when that began.
        private final ReentrantLock refreshing = new ReentrantLock();

        private long readTo = FROM_BOUNDS;
        private long readAt;
        private volatile boolean isRead;

        Loaded(long assignment, int maxKeys) {
            this.assignment = assignment;
            this.entries = new BoundedMap<>(maxKeys);
        }
    }

    /// Creates a reader that opens its own consumer when it first reads.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public KafkaPartitionTailReader(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Topic topic,
            Class<V> type,
            Options options,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.consumers = consumers;
        this.topic = topic;
        this.type = type;
        this.options = options;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public List<V> of(int partition, long assignment, String key) {
        Map<String, Entry<V>> entries = loaded(partition, assignment).entries;
        synchronized (entries) {
            Entry<V> entry = entries.get(key);
            return entry == null ? List.of() : List.copyOf(entry.values);
        }
    }

    @Override
    public void add(int partition, long assignment, String key, V value) {
        Map<String, Entry<V>> entries = loaded(partition, assignment).entries;
        synchronized (entries) {
            entries.computeIfAbsent(key, _ -> new Entry<>()).add(value, clock.millis(), options.maxValues());
        }
    }

    @Override
    public void refresh(int partition, long assignment) {
        long asked = nanoTime.getAsLong();
        Loaded<V> loaded = loaded(partition, assignment);
        loaded.refreshing.lock();
        try {
            if (loaded.readAt - asked >= 0) {
                // Another thread's read began after this call.
                return;
            }
            awaitTurn(loaded);
            read(partition, loaded);
        } finally {
            loaded.refreshing.unlock();
        }
    }

    /// Frees values that are too old, and partitions that this process no longer has.
    public void free(Held held) {
        partitions.values().removeIf(loaded -> held.isLost(loaded.assignment));
        long oldest = clock.instant().minus(options.maxAge()).toEpochMilli();
        for (Loaded<V> loaded : partitions.values()) {
            synchronized (loaded.entries) {
                loaded.entries.values().removeIf(entry -> entry.lastAt < oldest);
            }
        }
    }

    /// The number of keys in memory.
    public int size() {
        int size = 0;
        for (Loaded<V> loaded : partitions.values()) {
            synchronized (loaded.entries) {
                size += loaded.entries.size();
            }
        }
        return size;
    }

    /// Closes the consumer as soon as no read is running.
    @Override
    public void close() {
        reading.lock();
        try {
            closed = true;
            if (consumer != null) {
                consumer.close();
                consumer = null;
            }
        } finally {
            reading.unlock();
        }
    }

    private Loaded<V> loaded(int partition, long assignment) {
        Loaded<V> loaded = partitions.compute(
                partition,
                (_, known) -> known != null && known.assignment >= assignment
                        ? known
                        : new Loaded<>(assignment, options.maxRecords()));
        if (!loaded.isRead) {
            loaded.refreshing.lock();
            try {
                if (!loaded.isRead) {
                    read(partition, loaded);
                    loaded.isRead = true;
                }
            } finally {
                loaded.refreshing.unlock();
            }
        }
        return loaded;
    }

    /// Waits until the partition may be read again.
    private void awaitTurn(Loaded<V> loaded) {
        try {
            long rest = loaded.readAt + options.refreshEvery().toNanos() - nanoTime.getAsLong();
            if (rest > 0) {
                TimeUnit.NANOSECONDS.sleep(rest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAcknowledged(topic.name(), e);
        }
    }

    /// Reads from the last position to the current end.
    private void read(int partition, Loaded<V> loaded) {
        long began = nanoTime.getAsLong();
        Map<String, Entry<V>> more = new BoundedMap<>(options.maxRecords());
        long end = read(new TopicPartition(topic.name(), partition), loaded.readTo, more);
        loaded.readTo = Math.max(loaded.readTo, end);
        loaded.readAt = began;
        synchronized (loaded.entries) {
            more.forEach((key, entry) -> {
                Entry<V> known = loaded.entries.computeIfAbsent(key, _ -> new Entry<>());
                // Values that this process has added itself are already present.
                entry.values.stream()
                        .filter(value -> !known.values.contains(value))
                        .forEach(value -> known.add(value, entry.lastAt, options.maxValues()));
            });
        }
    }

    /// Reads a partition from an offset to its current end, which it returns.
    private long read(TopicPartition partition, long from, Map<String, Entry<V>> entries) {
        reading.lock();
        try {
            Consumer<byte[], byte[]> consumer = consumer();
            try {
                return read(consumer, partition, from, entries);
            } finally {
                // Also drops records that were fetched beyond the end.
                consumer.unsubscribe();
            }
        } catch (KafkaException e) {
            throw new NotAcknowledged(topic.name(), e);
        } finally {
            reading.unlock();
        }
    }

    private long read(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, Map<String, Entry<V>> entries) {
        long deadline = nanoTime.getAsLong() + options.timeout().toNanos();
        List<TopicPartition> only = List.of(partition);
        consumer.assign(only);
        long end = consumer.endOffsets(only, options.timeout()).getOrDefault(partition, 0L);
        if (from >= end) {
            return end;
        }
        consumer.seek(partition, from == FROM_BOUNDS ? start(consumer, partition, end) : from);
        while (consumer.position(partition, options.timeout()) < end) {
            if (nanoTime.getAsLong() - deadline > 0) {
                throw new NotAcknowledged(topic.name(), null);
            }
            consumer.poll(POLL).forEach(record -> take(entries, record));
        }
        return end;
    }

    private Consumer<byte[], byte[]> consumer() {
        if (closed) {
            throw new NotAcknowledged(topic.name(), null);
        }
        Consumer<byte[], byte[]> present = consumer;
        if (present == null) {
            present = consumers.get();
            consumer = present;
        }
        return present;
    }

    private long start(Consumer<byte[], byte[]> consumer, TopicPartition partition, long end) {
        long oldest = clock.instant().minus(options.maxAge()).toEpochMilli();
        OffsetAndTimestamp byAge = consumer.offsetsForTimes(Map.of(partition, oldest), options.timeout())
                .get(partition);
        long beginning =
                consumer.beginningOffsets(List.of(partition), options.timeout()).getOrDefault(partition, 0L);
        long byCount = Math.max(beginning, end - options.maxRecords());
        return byAge == null ? end : Math.max(byAge.offset(), byCount);
    }

    private void take(Map<String, Entry<V>> entries, ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key == null || value == null) {
            return;
        }
        try {
            V read = Json.read(value, type);
            entries.computeIfAbsent(new String(key, StandardCharsets.UTF_8), _ -> new Entry<>())
                    .add(read, record.timestamp(), options.maxValues());
        } catch (UnreadableJson e) {
            unreadable.skipped(record, String.valueOf(e.getMessage()));
        }
    }
}
