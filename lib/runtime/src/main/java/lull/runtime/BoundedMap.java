package lull.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// Map with a maximum size, which drops its oldest entry when it is full. An entry that is put again
/// keeps its age, unless it was removed before. Not thread-safe.
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int most;
    private final transient BiConsumer<? super K, ? super V> dropped;

    /// @param most the maximum number of entries
    public BoundedMap(int most) {
        this(most, (_, _) -> {});
    }

    /// @param most the maximum number of entries
    /// @param dropped gets each entry that is dropped because the map is full; must not change the map
    public BoundedMap(int most, BiConsumer<? super K, ? super V> dropped) {
        this.most = most;
        this.dropped = dropped;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        boolean isFull = size() > most;
        if (isFull) {
            dropped.accept(eldest.getKey(), eldest.getValue());
        }
        return isFull;
    }
}
