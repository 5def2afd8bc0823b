package lull.contract.topic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Headers of dead letters, with the reason and the position of the record. Kafka Streams uses the same
/// names (KIP-1034).
public final class DeadLetterHeaders {

    /// Number of item and part, such as `1.0`, if only a part of the record was rejected.
    public static final String PART = "lull.part";

    /// A header of records that were sent again from a dead-letter topic; its value is the dead
    /// letter's id. On an input topic such a record is no duplicate of the first.
    public static final String REPLAYED = "lull-replayed";

    private static final String PREFIX = "__streams.errors.";

    private static final String MESSAGE = "message";
    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";

    private DeadLetterHeaders() {}

    /// Sets the reason, replacing that of an earlier dead letter.
    ///
    /// @param message what is wrong, without quoting the record
    /// @param topic to which the record belongs
    public static void setReason(Headers headers, DeadLetterReason reason, String message, String topic) {
        set(headers, DeadLetterReason.HEADER.substring(PREFIX.length()), reason.word());
        set(headers, MESSAGE, message);
        set(headers, TOPIC, topic);
    }

    /// Sets the position of the record in its topic.
    public static void setPosition(Headers headers, int partition, long offset) {
        set(headers, PARTITION, Integer.toString(partition));
        set(headers, OFFSET, Long.toString(offset));
    }

    /// Returns what is wrong with a dead letter, in words; empty if it does not say it.
    public static Optional<String> message(Headers headers) {
        return text(headers, PREFIX + MESSAGE);
    }

    /// Returns the word of the reason of a dead letter, see [DeadLetterReason#of(String)]; empty if it has none.
    public static Optional<String> reason(Headers headers) {
        return text(headers, DeadLetterReason.HEADER);
    }

    /// Returns the topic to which a dead letter belongs; empty if it does not say it.
    public static Optional<String> topic(Headers headers) {
        return text(headers, PREFIX + TOPIC);
    }

    /// Returns the position that the record had in its topic, as `partition-offset`; empty if it was never a record.
    public static Optional<String> position(Headers headers) {
        return text(headers, PREFIX + PARTITION)
                .flatMap(partition -> text(headers, PREFIX + OFFSET).map(offset -> partition + "-" + offset));
    }

    /// Returns the number of the item and part that was rejected; empty if the whole record was.
    public static Optional<String> part(Headers headers) {
        return text(headers, PART);
    }

    /// Returns the id of the dead letter that was sent again as this record; empty if it is no such record.
    public static Optional<String> replayOf(Headers headers) {
        return text(headers, REPLAYED);
    }

    /// Returns the headers with which a dead letter is sent again: those that it had before, and the mark
    /// [#REPLAYED].
    ///
    /// @param id of the dead letter
    public static Headers replayed(Headers headers, String id) {
        Headers again = new RecordHeaders();
        for (Header header : headers) {
            if (!header.key().startsWith(PREFIX) && !header.key().equals(REPLAYED)) {
                again.add(header);
            }
        }
        again.add(REPLAYED, id.getBytes(StandardCharsets.UTF_8));
        return again;
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(PREFIX + name);
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
