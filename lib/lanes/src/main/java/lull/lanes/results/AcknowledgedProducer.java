package lull.lanes.results;

import lull.contract.topic.Topic;
import org.jspecify.annotations.Nullable;

/// Producer whose calls return when the broker has acknowledged the record, and throw [NotAcknowledged] if it does
/// not.
public interface AcknowledgedProducer {

    /// Where a record was written.
    record Written(int partition, long offset) {}

    /// Writes a value under a key; a null value deletes the key from a compacted topic.
    Written append(Topic topic, String key, @Nullable Object value);

    /// Writes a value under a key in a partition that the key does not decide.
    Written append(Topic topic, int partition, String key, Object value);

    /// Writes a value whose timestamp says when it happened, in milliseconds since 1970.
    Written appendAt(Topic topic, String key, Object value, long timestampMillis);
}
