package lull.contract.topic;

import java.time.Instant;

/// The number of partitions with which a topic is in use. A topic that has another number by now was repartitioned:
/// its old records and the new ones of a key may be in two partitions.
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
