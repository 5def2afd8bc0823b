package lull.archive.write;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lull.archive.erasure.ErasedIds;
import lull.archive.rows.ArchiveRow;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.ArchivedTable;
import lull.archive.schema.Tables;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Field;

/// Writer of records to the database: the rows of a batch and the offsets after it in one transaction. A record before
/// the stored offset of its partition is skipped, so it does not matter who else writes, or what was read before. Safe
/// for several threads.
public final class RowWriter {

    private final ArchiveDatabase database;
    private final RecordToRows mapping;

    /// What a batch led to.
    ///
    /// @param records those that were written
    /// @param skipped those that were before the stored offsets
    /// @param unreadable those of the written ones that could not be read
    /// @param erased rows that were left out, because their customer was erased
    public record Written(int records, int skipped, int unreadable, int erased) {}

    public RowWriter(ArchiveDatabase database, RecordToRows mapping) {
        this.database = database;
        this.mapping = mapping;
    }

    /// Returns the offsets from which partitions are to be read; partitions without a stored one are missing.
    public Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        database.sql()
                .select(
                        Tables.ConsumedOffset.LOG_TOPIC,
                        Tables.ConsumedOffset.LOG_PARTITION,
                        Tables.ConsumedOffset.NEXT_OFFSET)
                .from(Tables.ConsumedOffset.TABLE)
                .forEach(row -> positions.put(new TopicPartition(row.value1(), row.value2()), row.value3()));
        return positions;
    }

    /// Forgets the stored offset of partitions, so that they are read again from their beginning.
    public void rewind(List<TopicPartition> partitions) {
        database.sql().transaction(transaction -> {
            for (TopicPartition partition : partitions) {
                transaction
                        .dsl()
                        .deleteFrom(Tables.ConsumedOffset.TABLE)
                        .where(Tables.ConsumedOffset.LOG_TOPIC.eq(partition.topic()))
                        .and(Tables.ConsumedOffset.LOG_PARTITION.eq(partition.partition()))
                        .execute();
            }
        });
    }

    /// Writes records, which are in the order of each partition. Throws jOOQ's `DataAccessException` if the database
    /// fails; then nothing of the batch was written.
    ///
    /// @param next the offset after the batch, of each partition
    public Written write(List<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, Long> next) {
        return database.sql().transactionResult(transaction -> {
            DSLContext sql = transaction.dsl();
            Map<TopicPartition, Long> stored =
                    locked(sql, next.keySet().stream().toList());
            Map<ArchivedTable, Map<List<Object>, Map<Field<?>, Object>>> rows = new HashMap<>();
            List<ErasedIds.Group> groups = new ArrayList<>();
            int unreadable = 0;
            for (ConsumerRecord<byte[], byte[]> record : records) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() >= stored.getOrDefault(partition, 0L)) {
                    ErasedIds.Group group = new ErasedIds.Group(
                            Instant.ofEpochMilli(Math.max(0, record.timestamp())), mapping.rows(record));
                    groups.add(group);
                    unreadable +=
                            group.rows().stream().anyMatch(row -> row.table().equals(Tables.UnreadableRecord.ROWS))
                                    ? 1
                                    : 0;
                }
            }
            ErasedIds.Kept kept = ErasedIds.without(sql, groups);
            kept.rows().forEach(row -> add(rows, row));
            for (ArchivedTable table : Tables.all()) {
                upsert(sql, table, rows.getOrDefault(table, Map.of()));
            }
            store(sql, stored, next);
            return new Written(groups.size(), records.size() - groups.size(), unreadable, kept.erased());
        });
    }

    private static void add(Map<ArchivedTable, Map<List<Object>, Map<Field<?>, Object>>> rows, ArchiveRow row) {
        List<Object> key = new ArrayList<>();
        row.table().keys().forEach(field -> key.add(row.values().get(field)));
        rows.computeIfAbsent(row.table(), _ -> new LinkedHashMap<>()).merge(key, row.values(), row.table()::merge);
    }

    /// Locks the offsets of partitions until the end of the transaction, in one order, and returns them.
    private static Map<TopicPartition, Long> locked(DSLContext sql, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> locked = new HashMap<>();
        for (TopicPartition partition : sorted(partitions)) {
            sql.insertInto(Tables.ConsumedOffset.TABLE)
                    .columns(
                            Tables.ConsumedOffset.LOG_TOPIC,
                            Tables.ConsumedOffset.LOG_PARTITION,
                            Tables.ConsumedOffset.NEXT_OFFSET)
                    .values(partition.topic(), partition.partition(), 0L)
                    .onConflict(Tables.ConsumedOffset.LOG_TOPIC, Tables.ConsumedOffset.LOG_PARTITION)
                    .doNothing()
                    .execute();
            Long next = sql.select(Tables.ConsumedOffset.NEXT_OFFSET)
                    .from(Tables.ConsumedOffset.TABLE)
                    .where(Tables.ConsumedOffset.LOG_TOPIC.eq(partition.topic()))
                    .and(Tables.ConsumedOffset.LOG_PARTITION.eq(partition.partition()))
                    .forUpdate()
                    .fetchSingle(Tables.ConsumedOffset.NEXT_OFFSET);
            locked.put(partition, next);
        }
        return locked;
    }

    private static void store(DSLContext sql, Map<TopicPartition, Long> stored, Map<TopicPartition, Long> next) {
        next.forEach((partition, offset) -> {
            if (offset > stored.getOrDefault(partition, 0L)) {
                sql.update(Tables.ConsumedOffset.TABLE)
                        .set(Tables.ConsumedOffset.NEXT_OFFSET, offset)
                        .where(Tables.ConsumedOffset.LOG_TOPIC.eq(partition.topic()))
                        .and(Tables.ConsumedOffset.LOG_PARTITION.eq(partition.partition()))
                        .execute();
            }
        });
    }

    private static List<TopicPartition> sorted(List<TopicPartition> partitions) {
        return partitions.stream()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
                .toList();
    }

    private static void upsert(DSLContext sql, ArchivedTable table, Map<List<Object>, Map<Field<?>, Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<Field<?>> fields = table.fields();
        // The same order in all processes, so that none waits for another that waits for it.
        Map<String, Map<Field<?>, Object>> ordered = new TreeMap<>();
        rows.forEach((key, values) -> ordered.put(key.toString(), values));
        BatchBindStep batch = sql.batch(table.upsert(sql));
        for (Map<Field<?>, Object> values : ordered.values()) {
            batch = batch.bind(fields.stream().map(values::get).toArray());
        }
        batch.execute();
    }
}
