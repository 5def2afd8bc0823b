package lull.ingress;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record that a webhook, or a request for a reply, has become.
///
/// @param kind what it is counted as
/// @param key absent where order does not matter
@SuppressWarnings("ArrayRecordComponent") // Never compared; the bytes go straight to the producer.
record Outgoing(String topic, Kind kind, @Nullable String key, byte[] value, Map<String, String> headers) {

    /// What a record carries.
    enum Kind {
        MESSAGE,
        STATUS,
        EVENT,
        REPLY,
        UNPARSED
    }
}
