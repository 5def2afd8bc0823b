package lull.lanes;

import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reader of the value of a record.
@FunctionalInterface
public interface ValueReader<V> {

    /// Reads a record, whose value may be absent.
    V read(ConsumerRecord<byte[], byte[]> record) throws UnreadableJson;

    /// Returns a reader of values of a type from JSON.
    static <V> ValueReader<V> json(Class<V> type) {
        return record -> {
            byte[] value = record.value();
            if (value == null) {
                throw new UnreadableJson("The record has no value");
            }
            return Json.read(value, type);
        };
    }
}
