package lull.contract.topic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/// Headers of dead letters, with the reason and the position of the record. Kafka Streams uses the same
/// names (KIP-1034).
public final class DeadLetterHeaders {

    /// Number of item and part, such as `1.0`, if only a part of the record was rejected.
    public static final String PART = "lull.part";

    /// A header of records that were sent again from a dead-letter topic.
    public static final String REPLAYED = "lull-replayed";

    private static final String PREFIX = "__streams.errors.";

    private static final String MESSAGE = "message";

    private DeadLetterHeaders() {}

    /// Sets the reason, replacing that of an earlier dead letter.
    ///
    /// @param message what is wrong, without quoting the record
    /// @param topic to which the record belongs
    public static void setReason(Headers headers, DeadLetterReason reason, String message, String topic) {
        set(headers, "exception", reason.word());
        set(headers, MESSAGE, message);
        set(headers, "topic", topic);
    }

    /// Sets the position of the record in its topic.
    public static void setPosition(Headers headers, int partition, long offset) {
        set(headers, "partition", Integer.toString(partition));
        set(headers, "offset", Long.toString(offset));
    }

    /// Returns what is wrong with a dead letter, in words; empty if it does not say it.
    public static Optional<String> message(Headers headers) {
        return Optional.ofNullable(headers.lastHeader(PREFIX + MESSAGE))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(PREFIX + name);
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
