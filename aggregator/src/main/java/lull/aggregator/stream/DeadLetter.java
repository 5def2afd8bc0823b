package lull.aggregator.stream;

import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.DeadLetterReason;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/// Record that could not be handled, as it is written to the dead-letter topic: its own key, bytes and
/// headers, and the reason in its headers.
final class DeadLetter {

    private DeadLetter() {}

    /// The position of a record.
    record Place(String topic, int partition, long offset) {}

    /// Returns the dead letter of a record.
    ///
    /// @param message what is wrong, without quoting the record
    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, Place from, DeadLetterReason reason, String message) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        DeadLetterHeaders.setReason(headers, reason, message, from.topic());
        DeadLetterHeaders.setPosition(headers, from.partition(), from.offset());
        return record.withHeaders(headers);
    }
}
