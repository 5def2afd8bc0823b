package lull.local;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables;
import lull.archive.write.Follower;
import lull.archive.write.FollowerMetrics;
import lull.archive.write.RowWriter;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Health;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Archives of tests, with H2 in files.
final class Archives {

    private static final List<Topic> TOPICS = RecordToRows.followed(List.of(Topics.MESSAGE_RECEIVED.name()), List.of());

    private Archives() {}

    /// The address of a database.
    static String url(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath();
    }

    static ArchiveDatabase open(Path file) {
        return ArchiveDatabase.open(
                new ArchiveDatabase.Options(url(file), Optional.empty(), Optional.empty(), 5, Duration.ofSeconds(2)));
    }

    static RowWriter writer(ArchiveDatabase database) {
        return new RowWriter(database, new RecordToRows(TOPICS));
    }

    /// Returns a follower that is not started.
    ///
    /// @param batch how many records it writes in one transaction
    static Follower follower(String broker, ArchiveDatabase database, String group, int batch) {
        Map<String, Object> properties = new HashMap<>(KafkaSetup.at(broker).consumer(group));
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        return new Follower(
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                TOPICS.stream().map(Topic::name).toList(),
                writer(database),
                database::migrate,
                new Dependencies(new Health(), registry, InstantSource.system(), System::nanoTime)
                        .required("archive-database", "It is a test."),
                new FollowerMetrics(registry));
    }

    /// Returns all rows that come from topics, as text.
    static List<String> rows(ArchiveDatabase database) {
        List<String> rows = new ArrayList<>();
        Tables.all()
                .forEach(table -> database.sql()
                        .select(table.fields())
                        .from(table.table())
                        .orderBy(table.keys())
                        .forEach(row -> rows.add(table + " " + row.intoMap())));
        return rows;
    }
}
