package lull.lanes;

import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// Reader of the value of a record.
@FunctionalInterface
public interface ValueReader<V> {

    V read(byte[] value) throws UnreadableJson;

    /// Returns a reader of values of a type from JSON.
    static <V> ValueReader<V> json(Class<V> type) {
        return bytes -> Json.read(bytes, type);
    }
}
