package lull.runtime.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.TopicLayout;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The record, in [Topics#TOPIC_LAYOUT], of the numbers of partitions with which topics are in use: what tells that
/// partitions were added since. May be used by any thread.
public final class RecordedPartitions {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CLIENT = "lull-topics";

    private final KafkaSetup kafka;
    private final Clock clock;

    /// @param clock says when a number was recorded
    public RecordedPartitions(KafkaSetup kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /// The number of partitions by topic, as far as it was ever written. Throws [CannotStart] if the broker
    /// does not give the record within half a minute.
    public Map<String, Integer> read() {
        Map<String, TopicLayout> latest = new HashMap<>();
        TopicScan.read(kafka, CLIENT, Topics.TOPIC_LAYOUT.name(), Map.of(), record -> take(record, latest));
        Map<String, Integer> partitions = new HashMap<>();
        latest.forEach((topic, layout) -> partitions.put(topic, layout.partitions()));
        return partitions;
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Map<String, TopicLayout> latest) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        String topic = new String(record.key(), StandardCharsets.UTF_8);
        try {
            TopicLayout layout = Json.read(record.value(), TopicLayout.class);
            // Partitions of this very topic may have been added, so that a key is in two of them.
            latest.merge(
                    topic, layout, (before, next) -> next.recordedAt().isBefore(before.recordedAt()) ? before : next);
        } catch (UnreadableJson e) {
            throw new CannotStart(
                    "What " + Topics.TOPIC_LAYOUT.name() + " records about the topic " + topic
                            + " cannot be read: see \"More partitions\" in docs/upgrading.md",
                    e);
        }
    }

    /// Writes the numbers of partitions of these topics; returns once the broker has them. Throws
    /// [CannotStart] if it does not take them.
    public void write(Map<String, Integer> partitions) throws InterruptedException {
        if (partitions.isEmpty()) {
            return;
        }
        Map<String, Object> bounded = Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.toIntExact(LIMIT.toMillis()));
        Instant now = clock.instant();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.producer(CLIENT, bounded), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            partitions.forEach((topic, number) -> sent.add(producer.send(new ProducerRecord<>(
                    Topics.TOPIC_LAYOUT.name(),
                    topic.getBytes(StandardCharsets.UTF_8),
                    Json.bytes(new TopicLayout(number, now))))));
            for (Future<RecordMetadata> one : sent) {
                one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CannotStart(
                    "The topic " + Topics.TOPIC_LAYOUT.name() + " cannot be written to: " + cause.getMessage(), e);
        }
    }
}
