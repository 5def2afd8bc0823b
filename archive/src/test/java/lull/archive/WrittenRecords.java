package lull.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.archive.rows.RecordToRows;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.DeadLetterReason;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/// Every form of record that a version of Lull has written, as records of the topics: two of each
/// in two partitions, and as dead letters.
public final class WrittenRecords {

    public static final List<Topic> TOPICS =
            RecordToRows.followed(List.of(Topics.MESSAGE_RECEIVED.name()), List.of("turns.elsewhere"));

    private static final Path FILES = Path.of("../lib/contract/src/test/resources/records/0.1.0");
    private static final Instant FIRST = Instant.ofEpochSecond(1_772_442_900);
    private static final int PARTITIONS = 2;

    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    /// Returns all of them, in one possible order.
    public static List<ConsumerRecord<byte[], byte[]>> all() {
        WrittenRecords written = new WrittenRecords();
        for (Topic topic : TOPICS) {
            for (byte[] value : values(topic)) {
                written.add(topic.name(), value, new RecordHeaders());
            }
        }
        return written.records;
    }

    private static List<byte[]> values(Topic topic) {
        String name = topic.name();
        Optional<Topic> of = TOPICS.stream()
                .filter(other -> name.equals(other.deadLetters().name()))
                .findFirst();
        String file = of.map(Topic::value).orElse(topic.value());
        if (topic.equals(Topics.WEBHOOK_UNPARSED)) {
            return List.of("no JSON".getBytes(StandardCharsets.UTF_8));
        }
        try {
            List<byte[]> values = new ArrayList<>();
            for (String line : Files.readAllLines(FILES.resolve(file + ".jsonl"))) {
                values.add(line.getBytes(StandardCharsets.UTF_8));
            }
            values.add("{\"kind\":".getBytes(StandardCharsets.UTF_8));
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String topic, byte[] value, Headers headers) {
        if (topic.endsWith(".dlq")) {
            DeadLetterHeaders.setReason(headers, DeadLetterReason.REFUSED, "It is refused", topic.replace(".dlq", ""));
            DeadLetterHeaders.setPosition(headers, 1, 7);
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            TopicPartition of = new TopicPartition(topic, partition);
            long offset = next.merge(of, 1L, Long::sum) - 1;
            records.add(new ConsumerRecord<>(
                    topic,
                    partition,
                    offset,
                    FIRST.plusSeconds(offset).toEpochMilli(),
                    TimestampType.LOG_APPEND_TIME,
                    0,
                    value.length,
                    "100000000000001|15550001001".getBytes(StandardCharsets.UTF_8),
                    value,
                    headers,
                    Optional.empty()));
        }
    }

    /// Returns the offset after the last record, of each partition.
    public static Map<TopicPartition, Long> next(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Long> next = new HashMap<>();
        records.forEach(record ->
                next.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max));
        return next;
    }
}
