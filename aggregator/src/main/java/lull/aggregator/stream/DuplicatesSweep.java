package lull.aggregator.stream;

import java.util.ArrayList;
import java.util.List;
import lull.aggregator.turn.PartitionTurns;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Cleaner of the duplicates store. It deletes conversations whose ids have all expired, and senders who
/// have been silent for as long, one slice of keys at a time. It does not change any result, because
/// neither is looked at any more.
final class DuplicatesSweep {

    /// How many conversations a slice checks.
    static final int SLICE = 10_000;

    private final KeyValueStore<String, byte[]> store;
    private @Nullable String from;

    DuplicatesSweep(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /// Checks the next slice; after the last one it starts over.
    ///
    /// @param now the log's time
    void slice(long now) {
        List<String> forgotten = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = store.range(from, null)) {
            int seen = 0;
            while (entries.hasNext() && seen < SLICE) {
                KeyValue<String, byte[]> entry = entries.next();
                if (PartitionTurns.isForgotten(entry.key, entry.value, now)) {
                    forgotten.add(entry.key);
                }
                seen++;
            }
            from = entries.hasNext() ? entries.peekNextKey() : null;
        }
        forgotten.forEach(store::delete);
    }
}
