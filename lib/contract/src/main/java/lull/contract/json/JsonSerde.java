package lull.contract.json;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Kafka serde of one record type as JSON. A null value (tombstone) stays null; unreadable bytes cause
/// a `SerializationException` whose message never quotes them.
public record JsonSerde<T>(Class<T> type) implements Serde<T> {

    @Override
    public Serializer<T> serializer() {
        return (_, value) -> value == null ? null : Json.bytes(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (_, bytes) -> read(bytes);
    }

    private @Nullable T read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return Json.read(bytes, type);
        } catch (UnreadableJson e) {
            throw new SerializationException(e.getMessage());
        }
    }
}
