package lull.lanes;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Record that waits in its lane or runs.
///
/// @param key the record's key as text; empty if it has none
/// @param arrivedAt in nanoseconds of the engine's clock
/// @param attempt how often it was tried before
record QueuedRecord(
        ConsumerRecord<byte[], byte[]> record, Assignment assignment, String key, long arrivedAt, int attempt) {

    QueuedRecord again() {
        return new QueuedRecord(record, assignment, key, arrivedAt, attempt + 1);
    }

    /// Drops its content from memory; the record is read again later.
    void shed() {
        assignment.tracker().shed(record.offset());
    }

    /// Its approximate size in memory, in bytes.
    long bytes() {
        return (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
}
