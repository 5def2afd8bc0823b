package lull.archive.rows;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lull.archive.schema.ArchivedTable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jooq.Field;

/// Place of a record in the log: its position, and its time by the clock of its topic. Immutable.
///
/// @param appendedAt the timestamp of the record
record Place(String topic, int partition, long offset, Instant appendedAt) {

    static Place of(ConsumerRecord<?, ?> record) {
        // Records without a timestamp have -1.
        return new Place(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())).truncatedTo(ChronoUnit.MICROS));
    }

    /// Returns the text by which records compare that say different things about the same: by time, then by position.
    String version() {
        return digits(appendedAt.toEpochMilli(), 15)
                + digits(Integer.toUnsignedLong(topic.hashCode()), 10)
                + digits(partition, 7)
                + digits(offset, 19);
    }

    private static String digits(long number, int length) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }

    /// Returns a row of a table that has one for each record.
    ArchiveRow.Builder row(
            ArchivedTable table,
            Field<String> topicField,
            Field<Integer> partitionField,
            Field<Long> offsetField,
            Field<Instant> timeField) {
        return ArchiveRow.of(table)
                .set(topicField, topic)
                .set(partitionField, partition)
                .set(offsetField, offset)
                .set(timeField, appendedAt);
    }
}
