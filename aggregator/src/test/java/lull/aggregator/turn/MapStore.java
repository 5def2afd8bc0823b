package lull.aggregator.turn;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A [TurnStore] in memory, which fails when it is told to.
final class MapStore implements TurnStore {

    /// A store that takes no more writes.
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, byte[]> entries = new HashMap<>();
    private int writesLeft = Integer.MAX_VALUE;

    @Override
    public byte @Nullable [] get(String key) {
        return entries.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        write();
        entries.put(key, value.clone());
    }

    @Override
    public void delete(String key) {
        write();
        entries.remove(key);
    }

    @Override
    public void forEach(BiConsumer<String, byte[]> entry) {
        entries.forEach(entry);
    }

    @Override
    public void forEach(String beginning, BiConsumer<String, byte[]> entry) {
        entries.forEach((key, value) -> {
            if (key.startsWith(beginning)) {
                entry.accept(key, value);
            }
        });
    }

    int size() {
        return entries.size();
    }

    /// Lets so many more writes pass; the next one throws [Full].
    void failAfter(int writes) {
        writesLeft = writes;
    }

    /// Has what another has, and writes again.
    void become(MapStore other) {
        entries.clear();
        entries.putAll(other.entries);
        writesLeft = Integer.MAX_VALUE;
    }

    MapStore copy() {
        MapStore copy = new MapStore();
        copy.become(this);
        return copy;
    }

    private void write() {
        if (writesLeft == 0) {
            throw new Full();
        }
        writesLeft--;
    }
}
