package lull.lanes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A consumer without a broker whose commits outlive it and its assignments, as a group's do; MockConsumer's do
/// not.
final class CommittingConsumer extends MockConsumer<byte[], byte[]> {

    private final Map<TopicPartition, OffsetAndMetadata> group;
    private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
    private @Nullable KafkaException refusal;
    private int refusals;

    CommittingConsumer(Map<TopicPartition, OffsetAndMetadata> group) {
        super("earliest");
        this.group = group;
    }

    /// Kafka does not say where partitions go on, as often.
    void refuseCommitted(int times) {
        refusals = times;
    }

    /// The next commit that is waited for fails.
    void refuseNextCommit(KafkaException refusal) {
        this.refusal = refusal;
    }

    @Override
    public synchronized void addRecord(ConsumerRecord<byte[], byte[]> record) {
        log.add(record);
        super.addRecord(record);
    }

    /// MockConsumer forgets what it has given away, which a broker does not.
    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
        super.seek(partition, offset);
        log.stream()
                .filter(record -> record.partition() == partition.partition() && record.offset() >= offset)
                .toList()
                .forEach(super::addRecord);
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        if (refusals > 0) {
            refusals--;
            throw new TimeoutException(
                    "Timeout of 5000ms expired before the last committed offset could be determined");
        }
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(group);
        committed.keySet().retainAll(partitions);
        return committed;
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        KafkaException refusal = this.refusal;
        if (refusal != null) {
            this.refusal = null;
            throw refusal;
        }
        group.putAll(offsets);
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        group.putAll(offsets);
        callback.onComplete(offsets, null);
    }
}
