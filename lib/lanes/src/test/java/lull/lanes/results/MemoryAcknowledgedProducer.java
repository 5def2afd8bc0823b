package lull.lanes.results;

import java.util.ArrayList;
import java.util.List;
import lull.contract.topic.Topic;
import lull.runtime.kafka.NotAcknowledged;
import org.jspecify.annotations.Nullable;

/// A producer in memory. It can be told to fail from the n-th record on.
public final class MemoryAcknowledgedProducer implements AcknowledgedProducer {

    private final List<Entry> entries = new ArrayList<>();
    private int failAt = Integer.MAX_VALUE;

    /// What was written.
    ///
    /// @param partition -1 where the key decides
    public record Entry(
            String topic,
            int partition,
            String key,
            @Nullable Object value) {}

    /// Fails all records after so many more.
    public void failAfter(int more) {
        failAt = entries.size() + more;
    }

    /// Fails no more.
    public void heal() {
        failAt = Integer.MAX_VALUE;
    }

    /// The values of a type that were written, in order.
    public <V> List<V> values(Class<V> type) {
        return entries.stream()
                .map(Entry::value)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /// Everything that was written, in order.
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public Written append(Topic topic, String key, @Nullable Object value) {
        return add(new Entry(topic.name(), -1, key, value));
    }

    @Override
    public Written append(Topic topic, int partition, String key, Object value) {
        return add(new Entry(topic.name(), partition, key, value));
    }

    @Override
    public Written appendAt(Topic topic, String key, Object value, long timestampMillis) {
        return add(new Entry(topic.name(), -1, key, value));
    }

    private Written add(Entry entry) {
        if (entries.size() >= failAt) {
            throw new NotAcknowledged(entry.topic(), null);
        }
        entries.add(entry);
        return new Written(0, entries.size());
    }
}
