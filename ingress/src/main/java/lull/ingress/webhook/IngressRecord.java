package lull.ingress.webhook;

import java.time.Instant;
import java.util.Map;
import lull.contract.message.ContentKind;
import org.jspecify.annotations.Nullable;

/// Record that the ingress writes to a topic for a part of a webhook or a request.
///
/// @param kind the kind under which it is counted
/// @param key absent if order does not matter
/// @param facts what is counted of a message; absent for everything else
@SuppressWarnings("ArrayRecordComponent") // Never compared; the bytes go straight to the producer.
public record IngressRecord(
        String topic,
        Kind kind,
        @Nullable String key,
        byte[] value,
        Map<String, String> headers,
        @Nullable MessageStats facts) {

    /// Creates a record of anything but a message.
    public IngressRecord(String topic, Kind kind, @Nullable String key, byte[] value, Map<String, String> headers) {
        this(topic, kind, key, value, headers, null);
    }

    /// What a record contains.
    public enum Kind {
        MESSAGE,
        STATUS,
        ANSWER,
        EVENT,
        ALIAS,
        UNPARSED,
        REPLY,
        ACTION
    }

    /// What is counted of a message.
    ///
    /// @param sentAt when the customer sent it, by WhatsApp's clock in whole seconds
    public record MessageStats(String id, ContentKind content, Instant sentAt) {}

    /// Its size as a Kafka record, in bytes; each character of a key counts as three, the maximum.
    public int size() {
        String key = key();
        return value.length + (key == null ? 0 : 3 * key.length());
    }
}
