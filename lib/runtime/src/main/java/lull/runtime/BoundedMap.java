package lull.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/// Map with a maximum size, which drops its oldest entry when it is full. An entry that is put again
/// keeps its age, unless it was removed before. Not thread-safe.
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    /// @param most the maximum number of entries
    public BoundedMap(int most) {
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
