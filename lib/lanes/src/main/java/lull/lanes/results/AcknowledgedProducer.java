package lull.lanes.results;

import lull.contract.topic.Topic;
import org.jspecify.annotations.Nullable;

/// Producer whose calls return when the broker has acknowledged the record, and throw [NotAcknowledged] if it does
/// not.
public interface AcknowledgedProducer {

    /// The position at which a record was written.
    record Written(int partition, long offset) {}

    /// Writes a value under a key; a null value deletes the key from a compacted topic.
    Written append(Topic topic, String key, @Nullable Object value);

    /// Writes a value under a key to a given partition, regardless of the key.
    Written append(Topic topic, int partition, String key, Object value);

    /// Writes a value whose timestamp is the time of its event, in milliseconds since 1970.
    Written appendAt(Topic topic, String key, Object value, long timestampMillis);
}
