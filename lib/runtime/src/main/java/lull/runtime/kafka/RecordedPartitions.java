package lull.runtime.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Record, in [Topics#TOPIC_LAYOUT], of the numbers of partitions with which topics are in use, by
/// which added partitions are detected. Safe for several threads.
public final class RecordedPartitions {

    private static final Logger log = LoggerFactory.getLogger(RecordedPartitions.class);

    /// The maximum length of a topic's name.
    private static final int MAX_SHOWN = 249;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CLIENT = "lull-topics";

    private final KafkaSetup kafka;
    private final Clock clock;

    /// @param clock gives the time when a number was recorded
    public RecordedPartitions(KafkaSetup kafka, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
    }

    /// Returns the recorded number of partitions by topic. Throws [CannotStart] if the broker does not
    /// return the record within half a minute, or if the record of one of these topics is unreadable.
    public Map<String, Integer> read(Collection<String> topics) {
        Latest latest = new Latest();
        TopicScan.read(kafka, CLIENT, Topics.TOPIC_LAYOUT.name(), Map.of(), latest::take);
        return latest.partitions(topics);
    }

    /// The last recorded number of each topic.
    static final class Latest {

        private final Map<String, TopicLayout> layouts = new HashMap<>();
        private final Set<String> unreadable = new TreeSet<>();

        void take(ConsumerRecord<byte[], byte[]> record) {
            if (record.key() == null || record.value() == null) {
                return;
            }
            String topic = new String(record.key(), StandardCharsets.UTF_8);
            try {
                TopicLayout layout = Json.read(record.value(), TopicLayout.class);
                // Partitions of this very topic may have been added, so that records of a key are in
                // two of them.
                layouts.merge(
                        topic,
                        layout,
                        (before, next) -> next.recordedAt().isBefore(before.recordedAt()) ? before : next);
                unreadable.remove(topic);
            } catch (UnreadableJson e) {
                unreadable.add(topic);
                log.atWarn()
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("topic", topic.length() <= MAX_SHOWN ? topic : topic.substring(0, MAX_SHOWN))
                        .addKeyValue("skipped", unreadable.size())
                        .log("A record of lull.topic.layout cannot be read and is skipped");
            }
        }

        /// @param topics those that must be readable
        Map<String, Integer> partitions(Collection<String> topics) {
            for (String topic : topics) {
                if (unreadable.contains(topic)) {
                    throw new CannotStart("What " + Topics.TOPIC_LAYOUT.name() + " records about the topic " + topic
                            + " cannot be read: see \"More partitions\" in docs/upgrading.md");
                }
            }
            Map<String, Integer> partitions = new HashMap<>();
            layouts.forEach((topic, layout) -> partitions.put(topic, layout.partitions()));
            return partitions;
        }
    }

    /// Writes the numbers of partitions of these topics; returns after the broker has acknowledged
    /// them. Throws [CannotStart] if it does not.
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
            String topic = Topics.TOPIC_LAYOUT.name();
            throw new CannotStart(
                    "The topic " + topic + " cannot be written to: "
                            + KafkaRights.reason(cause, AclOperation.WRITE, topic),
                    e);
        }
    }
}
