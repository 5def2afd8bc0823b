package lull.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.write.Follower;
import lull.archive.write.FollowerMetrics;
import lull.archive.write.RowWriter;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Health;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Measures how many records a second the archive writes that it finds in Kafka, from the beginning of its topics.
final class ArchiveWriting {

    private static final List<String> INPUTS = List.of(Topics.MESSAGE_RECEIVED.name());
    private static final int PARTITIONS = 4;
    private static final int BATCH = 2000;
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    private final String broker;
    private final long records;

    /// @param broker with no topics
    /// @param records how many are written, rounded up to whole turns
    ArchiveWriting(String broker, long records) {
        this.broker = broker;
        this.records = Math.ceilDiv(records, ArchivedTalk.RECORDS_OF_A_TURN) * ArchivedTalk.RECORDS_OF_A_TURN;
    }

    /// How many records there are.
    long records() {
        return records;
    }

    /// Creates the topics and writes the records.
    void fill() throws Exception {
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(broker))) {
            keeper.create(topics(), new TopicKeeper.Layout(PARTITIONS, (short) 1, 1));
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSetup.at(broker).producer("lull-bench"), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sends = new ArrayList<>();
            for (long turn = 0; turn < records / ArchivedTalk.RECORDS_OF_A_TURN; turn++) {
                ArchivedTalk.turn(turn).forEach(record -> sends.add(producer.send(record)));
                if (sends.size() > 50_000) {
                    await(sends);
                }
            }
            await(sends);
        }
    }

    private static void await(List<Future<RecordMetadata>> sends) throws Exception {
        for (Future<RecordMetadata> send : sends) {
            send.get();
        }
        sends.clear();
    }

    private static List<Topic> topics() {
        return RecordToRows.followed(INPUTS, List.of());
    }

    /// Returns how many records a second a new archive writes into an empty database.
    ///
    /// @param group of which the broker knows nothing
    double perSecond(ArchiveDatabase database, String group) throws InterruptedException {
        database.migrate();
        Map<String, Object> properties = new HashMap<>(KafkaSetup.at(broker).consumer(group));
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        long begun = System.nanoTime();
        try (Follower follower = new Follower(
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topics().stream().map(Topic::name).toList(),
                new RowWriter(database, new RecordToRows(topics())),
                database::migrate,
                new Dependencies(new Health(), registry, InstantSource.system(), System::nanoTime)
                        .required("archive-database", "The benchmark is not valid."),
                new FollowerMetrics(registry))) {
            follower.start();
            long limit = System.nanoTime() + LIMIT.toNanos();
            while (written(registry) < records) {
                if (written(registry) == 0) {
                    // Joining the group is no writing.
                    begun = System.nanoTime();
                }
                if (System.nanoTime() > limit) {
                    throw new IllegalStateException("The archive has written only " + written(registry) + " records");
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return records / ((System.nanoTime() - begun) / 1e9);
        }
    }

    /// Returns how many bytes each record has in PostgreSQL, with its share of all tables and indexes.
    ///
    /// @param database into which they were written
    double bytesARecord(ArchiveDatabase database) {
        // A plain vacuum, as the server does by itself: what was updated is free again, but not returned.
        database.sql().execute("vacuum analyze");
        Field<Long> size = DSL.field("pg_total_relation_size(relid)", SQLDataType.BIGINT);
        return Objects.requireNonNull(database.sql()
                        .select(DSL.sum(size))
                        .from(DSL.table(DSL.name("pg_stat_user_tables")))
                        .fetchSingle(0, Long.class))
                / (double) records;
    }

    private static double written(SimpleMeterRegistry registry) {
        return registry.get("lull.archive.records")
                .tag("outcome", "written")
                .counter()
                .count();
    }
}
