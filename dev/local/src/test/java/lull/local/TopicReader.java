package lull.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads several topics from their beginning, a look at a time. For one thread.
final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<TopicPartition> partitions;

    TopicReader(String bootstrapServers, List<String> topics) {
        Map<String, Object> properties = KafkaSetup.at(bootstrapServers).consumer("test");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .collect(Collectors.toUnmodifiableSet());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// All committed records of a topic so far.
    static List<ConsumerRecord<String, byte[]>> all(String bootstrapServers, String topic) {
        try (TopicReader reader = new TopicReader(bootstrapServers, List.of(topic))) {
            return reader.next();
        }
    }

    /// All that has been written since the last look.
    List<ConsumerRecord<String, byte[]>> next() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
