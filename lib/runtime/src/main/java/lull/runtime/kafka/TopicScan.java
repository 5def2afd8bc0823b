package lull.runtime.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import lull.runtime.CannotStart;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Single reading of a topic up to its current end, on its own consumer: for the start of a process and
/// for commands.
public final class TopicScan {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    /// Receiver of the records, in the order of each partition.
    @FunctionalInterface
    public interface Sink {
        void take(ConsumerRecord<byte[], byte[]> record);
    }

    private TopicScan() {}

    /// Reads committed records, and returns where it ended in each partition. Throws [CannotStart] with the
    /// reason if the broker returns none within half a minute.
    ///
    /// @param from where to start in a partition; the others are read from their beginning
    public static Map<TopicPartition, Long> read(
            KafkaSetup kafka, String clientId, String topic, Map<TopicPartition, Long> from, Sink sink) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.consumer(clientId), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, LIMIT).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            from.forEach((partition, offset) -> {
                if (partitions.contains(partition)) {
                    consumer.seek(partition, offset);
                }
            });
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
            long progress = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), LIMIT) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                records.forEach(sink::take);
                if (!records.isEmpty()) {
                    progress = System.nanoTime();
                } else if (System.nanoTime() - progress > LIMIT.toNanos()) {
                    throw new CannotStart("The topic " + topic + " cannot be read to its end: no record for "
                            + LIMIT.toSeconds() + " s");
                }
            }
            return partitions.stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Function.identity(), partition -> consumer.position(partition, LIMIT)));
        } catch (KafkaException e) {
            throw new CannotStart(
                    "The topic " + topic + " cannot be read: " + KafkaRights.reason(e, AclOperation.READ, topic), e);
        }
    }
}
