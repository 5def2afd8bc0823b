package lull.contract.topic;

import java.time.Instant;

/// Number of partitions with which a topic is in use. If the topic has another number by now, it was
/// repartitioned: the old and the new records of a key may be in two partitions.
///
/// @param partitions from one
/// @param recordedAt when that was recorded
public record TopicLayout(int partitions, Instant recordedAt) {

    public TopicLayout {
        if (partitions < 1) {
            throw new IllegalArgumentException("A topic has at least one partition, not " + partitions);
        }
    }
}
