package lull.aggregator.turn;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Key-value store of a partition, which survives crashes: a map of bytes by key. One store holds the
/// open turns and the partition's own state, another the duplicates.
public interface TurnStore {

    byte @Nullable [] get(String key);

    void put(String key, byte[] value);

    void delete(String key);

    /// Passes every entry to the callback, in any order.
    void forEach(BiConsumer<String, byte[]> entry);

    /// Passes every entry whose key begins so to the callback, in any order.
    void forEach(String beginning, BiConsumer<String, byte[]> entry);
}
