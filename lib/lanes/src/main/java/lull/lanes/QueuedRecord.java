package lull.lanes;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record that waits in its lane or runs.
///
/// @param key the record's, as text; empty for none
/// @param arrivedAt in nanoseconds of the engine's clock
/// @param attempt how often it was tried before
record QueuedRecord(
        ConsumerRecord<byte[], byte[]> record, Assignment assignment, String key, long arrivedAt, int attempt) {

    QueuedRecord again() {
        return new QueuedRecord(record, assignment, key, arrivedAt, attempt + 1);
    }

    /// It is left out of memory, to be read again later.
    void shed() {
        assignment.tracker().shed(record.offset());
    }

    /// Its size in memory as far as it matters, in bytes.
    long bytes() {
        return (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
}
