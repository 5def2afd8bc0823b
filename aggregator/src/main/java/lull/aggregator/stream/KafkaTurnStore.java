package lull.aggregator.stream;

import java.util.function.BiConsumer;
import lull.aggregator.turn.TurnStore;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// [TurnStore] in a state store of Kafka Streams.
record KafkaTurnStore(KeyValueStore<String, byte[]> store) implements TurnStore {

    @Override
    public byte @Nullable [] get(String key) {
        return store.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        store.put(key, value);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public void forEach(BiConsumer<String, byte[]> entry) {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                entry.accept(next.key, next.value);
            }
        }
    }

    @Override
    public void forEach(String beginning, BiConsumer<String, byte[]> entry) {
        try (KeyValueIterator<String, byte[]> some = store.prefixScan(beginning, new StringSerializer())) {
            while (some.hasNext()) {
                KeyValue<String, byte[]> next = some.next();
                entry.accept(next.key, next.value);
            }
        }
    }
}
