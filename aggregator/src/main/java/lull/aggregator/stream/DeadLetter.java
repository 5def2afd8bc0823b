package lull.aggregator.stream;

import java.nio.charset.StandardCharsets;
import lull.contract.topic.DeadLetterReason;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/// A record that could not be handled, as it goes to the dead-letter topic: its own key, bytes and headers, and
/// the reason in the headers that Kafka Streams uses for its own dead letters (KIP-1034).
final class DeadLetter {

    /// A header of records that were sent again from a dead-letter topic.
    static final String REPLAYED = "lull-replayed";

    private static final String PREFIX = "__streams.errors.";

    private DeadLetter() {}

    /// Where a record stood.
    record Place(String topic, int partition, long offset) {}

    /// The dead letter of a record.
    ///
    /// @param message what is wrong, without quoting the record
    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, Place from, DeadLetterReason reason, String message) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        put(headers, "exception", reason.word());
        put(headers, "message", message);
        put(headers, "topic", from.topic());
        put(headers, "partition", Integer.toString(from.partition()));
        put(headers, "offset", Long.toString(from.offset()));
        return record.withHeaders(headers);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(PREFIX + name);
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
