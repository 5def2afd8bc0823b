package lull.cli.erasure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lull.runtime.CannotStart;
import lull.runtime.kafka.KafkaRights;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reader of topics from an offset to their present end. For one thread.
final class LogReader implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;

    LogReader(KafkaSetup kafka, String clientId) {
        consumer =
                new KafkaConsumer<>(kafka.consumer(clientId), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Passes the records of a topic in the order of each partition, and returns where it ended. Throws
    /// [CannotStart] with the reason if they cannot be read.
    ///
    /// @param from where to start; partitions that it does not have are read from their beginning
    Map<TopicPartition, Long> read(
            String topic, Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, LIMIT).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions.stream()
                    .filter(partition -> !from.containsKey(partition))
                    .toList());
            from.forEach((partition, offset) -> {
                if (partitions.contains(partition)) {
                    consumer.seek(partition, offset);
                }
            });
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions, LIMIT));
            long progress = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), LIMIT) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                records.forEach(each);
                if (!records.isEmpty()) {
                    progress = System.nanoTime();
                } else if (System.nanoTime() - progress > LIMIT.toNanos()) {
                    throw new CannotStart("The topic " + topic + " cannot be read to its end: no record for "
                            + LIMIT.toSeconds() + " s");
                }
            }
            ends.replaceAll((partition, _) -> consumer.position(partition, LIMIT));
            return ends;
        } catch (KafkaException e) {
            throw new CannotStart(
                    "The topic " + topic + " cannot be read: " + KafkaRights.reason(e, AclOperation.READ, topic), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
