package lull.bridge.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topic;
import lull.runtime.Recent;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tail of a topic, read partition by partition when a partition is first asked about.
public final class KafkaTail<V> implements Tail<V> {

    private static final Logger log = LoggerFactory.getLogger(KafkaTail.class);

    private final UnreadableRecords unreadable = new UnreadableRecords(log);
    private static final Duration POLL = Duration.ofMillis(200);

    /// Instead of an offset: where the bounds say.
    private static final long FROM_BOUNDS = -1;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Topic topic;
    private final Class<V> type;
    private final Bounds bounds;
    private final InstantSource clock;
    private final Map<Integer, Loaded<V>> partitions = new ConcurrentHashMap<>();

    /// How much is read and kept.
    ///
    /// @param maxRecords the last so many records of a partition, and so many keys in memory
    /// @param maxAge nothing older
    /// @param timeout of reading a partition
    public record Bounds(int maxRecords, Duration maxAge, Duration timeout) {}

    /// A partition as it was read.
    private static final class Loaded<V> {

        private final long assignment;
        private final Map<String, List<V>> values;

        /// What has been read of the partition, guarded by the values.
        private long readTo;

        Loaded(long assignment, Map<String, List<V>> values, long readTo) {
            this.assignment = assignment;
            this.values = values;
            this.readTo = readTo;
        }
    }

    /// A tail that gets a consumer of its own for each partition it reads.
    public KafkaTail(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Topic topic,
            Class<V> type,
            Bounds bounds,
            InstantSource clock) {
        this.consumers = consumers;
        this.topic = topic;
        this.type = type;
        this.bounds = bounds;
        this.clock = clock;
    }

    @Override
    public List<V> of(int partition, long assignment, String key) {
        Map<String, List<V>> values = loaded(partition, assignment).values;
        synchronized (values) {
            return List.copyOf(values.getOrDefault(key, List.of()));
        }
    }

    @Override
    public void add(int partition, long assignment, String key, V value) {
        Map<String, List<V>> values = loaded(partition, assignment).values;
        synchronized (values) {
            values.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
        }
    }

    @Override
    public void refresh(int partition, long assignment) {
        Loaded<V> loaded = loaded(partition, assignment);
        long from;
        synchronized (loaded.values) {
            from = loaded.readTo;
        }
        Map<String, List<V>> more = new Recent<>(bounds.maxRecords());
        long end = read(partition, from, more);
        synchronized (loaded.values) {
            loaded.readTo = Math.max(loaded.readTo, end);
            more.forEach((key, values) -> {
                List<V> known = loaded.values.computeIfAbsent(key, _ -> new ArrayList<>());
                // What this process has added itself is there already.
                values.stream().filter(value -> !known.contains(value)).forEach(known::add);
            });
        }
    }

    private Loaded<V> loaded(int partition, long assignment) {
        return partitions.compute(partition, (_, known) -> {
            if (known != null && known.assignment >= assignment) {
                return known;
            }
            Map<String, List<V>> values = new Recent<>(bounds.maxRecords());
            return new Loaded<>(assignment, values, read(partition, FROM_BOUNDS, values));
        });
    }

    /// Reads a partition from an offset to its present end, which it returns.
    private long read(int number, long from, Map<String, List<V>> values) {
        TopicPartition partition = new TopicPartition(topic.name(), number);
        Instant deadline = clock.instant().plus(bounds.timeout());
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> only = List.of(partition);
            consumer.assign(only);
            long end = consumer.endOffsets(only, bounds.timeout()).getOrDefault(partition, 0L);
            if (from >= end) {
                return end;
            }
            consumer.seek(partition, from == FROM_BOUNDS ? start(consumer, partition, end) : from);
            while (consumer.position(partition, bounds.timeout()) < end) {
                if (clock.instant().isAfter(deadline)) {
                    throw new JournalUnavailable(topic.name(), null);
                }
                consumer.poll(POLL).forEach(record -> take(values, record));
            }
            return end;
        } catch (KafkaException e) {
            throw new JournalUnavailable(topic.name(), e);
        }
    }

    private long start(Consumer<byte[], byte[]> consumer, TopicPartition partition, long end) {
        long oldest = clock.instant().minus(bounds.maxAge()).toEpochMilli();
        OffsetAndTimestamp byAge = consumer.offsetsForTimes(Map.of(partition, oldest), bounds.timeout())
                .get(partition);
        long beginning =
                consumer.beginningOffsets(List.of(partition), bounds.timeout()).getOrDefault(partition, 0L);
        long byCount = Math.max(beginning, end - bounds.maxRecords());
        return byAge == null ? end : Math.max(byAge.offset(), byCount);
    }

    private void take(Map<String, List<V>> values, ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key == null || value == null) {
            return;
        }
        try {
            values.computeIfAbsent(new String(key, StandardCharsets.UTF_8), _ -> new ArrayList<>())
                    .add(Json.read(value, type));
        } catch (UnreadableJson e) {
            unreadable.skipped(record, String.valueOf(e.getMessage()));
        }
    }
}
