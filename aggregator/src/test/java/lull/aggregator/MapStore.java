package lull.aggregator;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A [TurnStore] in memory.
final class MapStore implements TurnStore {

    private final Map<String, byte[]> entries = new HashMap<>();

    @Override
    public byte @Nullable [] get(String key) {
        return entries.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        entries.put(key, value.clone());
    }

    @Override
    public void delete(String key) {
        entries.remove(key);
    }

    @Override
    public void forEach(BiConsumer<String, byte[]> entry) {
        entries.forEach(entry);
    }

    int size() {
        return entries.size();
    }
}
