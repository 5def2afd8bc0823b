package lull.archive.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import lull.archive.WrittenRecords;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.ArchivedTable;
import lull.archive.schema.Databases;
import lull.archive.schema.Tables;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same records lead to the same rows: in any order of topics, in any batches, again, and by two writers at once.
final class RowWriterTest {

    private static final RecordToRows MAPPING = new RecordToRows(WrittenRecords.TOPICS);
    private static final int BATCH = 7;

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void everyFormOfRecordIsInTheTables(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            RowWriter.Written written = write(database, WrittenRecords.all());

            assertThat(written.skipped()).isZero();
            assertThat(written.unreadable()).isPositive();
            for (ArchivedTable table : Tables.all()) {
                assertThat(database.sql().fetchCount(table.table()))
                        .as(table.toString())
                        .isPositive();
            }
            assertThat(String.join("\n", Databases.rows(database)))
                    .as("tokens of chats")
                    .doesNotContain("QVFJREFIaFZ");
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void rowsDoNotDependOnOrderAndBatches(Databases.Kind kind) {
        List<String> expected = expected(kind);
        for (long seed = 1; seed <= 5; seed++) {
            try (ArchiveDatabase database = kind.open()) {
                for (List<ConsumerRecord<byte[], byte[]>> batch : batches(shuffled(seed))) {
                    write(database, batch);
                }

                assertThat(Databases.rows(database)).as("seed " + seed).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void skipsWhatItHas(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            List<ConsumerRecord<byte[], byte[]>> all = WrittenRecords.all();
            write(database, all);

            RowWriter.Written again = write(database, all);

            assertThat(again).isEqualTo(new RowWriter.Written(0, all.size(), 0, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void holdsTheSameRowsAfterARewind(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            write(database, WrittenRecords.all());
            List<String> before = Databases.rows(database);
            RowWriter writer = new RowWriter(database, MAPPING);
            writer.rewind(List.copyOf(writer.positions().keySet()));

            for (List<ConsumerRecord<byte[], byte[]>> batch : batches(shuffled(3))) {
                assertThat(write(database, batch).skipped()).isZero();
            }

            assertThat(Databases.rows(database)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void twoWritersOfTheSameRecordsHoldTheSameRows(Databases.Kind kind) throws Exception {
        List<String> expected = expected(kind);
        try (ArchiveDatabase database = kind.open();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> writers = new ArrayList<>();
            for (long seed = 8; seed < 10; seed++) {
                List<List<ConsumerRecord<byte[], byte[]>>> batches = batches(shuffled(seed));
                writers.add(threads.submit(() -> {
                    int written = 0;
                    for (List<ConsumerRecord<byte[], byte[]>> batch : batches) {
                        written += writeUntilItWorks(database, batch);
                    }
                    return written;
                }));
            }
            int written = 0;
            for (Future<Integer> writer : writers) {
                written += writer.get();
            }

            assertThat(written)
                    .as("each record once")
                    .isEqualTo(WrittenRecords.all().size());
            assertThat(Databases.rows(database)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void writesNothingOfABatchThatFails(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            List<ConsumerRecord<byte[], byte[]>> all = WrittenRecords.all();
            database.sql().dropTable(Tables.Hop.TABLE).execute();

            assertThat(failure(() -> write(database, all))).isInstanceOf(DataAccessException.class);

            assertThat(new RowWriter(database, MAPPING).positions()).isEmpty();
            assertThat(database.sql().fetchCount(Tables.Message.TABLE)).isZero();
        }
    }

    private static Throwable failure(Runnable action) {
        try {
            action.run();
            throw new AssertionError("It did not fail");
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static int writeUntilItWorks(ArchiveDatabase database, List<ConsumerRecord<byte[], byte[]>> batch) {
        while (true) {
            try {
                return write(database, batch).records();
            } catch (DataAccessException e) {
                // As the follower does: H2 reports two writers of one row as a failure.
                Thread.onSpinWait();
            }
        }
    }

    private static List<String> expected(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            write(database, WrittenRecords.all());
            return Databases.rows(database);
        }
    }

    private static RowWriter.Written write(ArchiveDatabase database, List<ConsumerRecord<byte[], byte[]>> records) {
        return new RowWriter(database, MAPPING).write(records, WrittenRecords.next(records));
    }

    /// Returns all records in another order of the partitions, each of which keeps its own order.
    private static List<ConsumerRecord<byte[], byte[]>> shuffled(long seed) {
        List<ConsumerRecord<byte[], byte[]>> all = WrittenRecords.all();
        Map<TopicPartition, Iterator<ConsumerRecord<byte[], byte[]>>> byPartition = new HashMap<>();
        all.stream()
                .collect(Collectors.groupingBy(record -> new TopicPartition(record.topic(), record.partition())))
                .forEach((partition, records) -> byPartition.put(partition, records.iterator()));
        List<TopicPartition> order = new ArrayList<>();
        all.forEach(record -> order.add(new TopicPartition(record.topic(), record.partition())));
        Collections.shuffle(order, new Random(seed));
        List<ConsumerRecord<byte[], byte[]>> shuffled = new ArrayList<>();
        for (TopicPartition partition : order) {
            Iterator<ConsumerRecord<byte[], byte[]>> records = byPartition.get(partition);
            if (records != null) {
                shuffled.add(records.next());
            }
        }
        return shuffled;
    }

    private static List<List<ConsumerRecord<byte[], byte[]>>> batches(List<ConsumerRecord<byte[], byte[]>> records) {
        List<List<ConsumerRecord<byte[], byte[]>>> batches = new ArrayList<>();
        for (int from = 0; from < records.size(); from += BATCH) {
            batches.add(records.subList(from, Math.min(records.size(), from + BATCH)));
        }
        return batches;
    }
}
