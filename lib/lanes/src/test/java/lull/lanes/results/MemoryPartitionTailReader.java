package lull.lanes.results;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A tail that knows what this process has added, and what a producer says after a restart.
public final class MemoryPartitionTailReader<V> implements PartitionTailReader<V> {

    private final Function<V, String> key;
    private final List<V> values;
    private final List<V> others = new ArrayList<>();

    /// A tail that starts with these values.
    public MemoryPartitionTailReader(Function<V, String> key, List<V> values) {
        this.key = key;
        this.values = new ArrayList<>(values);
    }

    @Override
    public List<V> of(int partition, long assignment, String wanted) {
        return values.stream().filter(value -> key.apply(value).equals(wanted)).toList();
    }

    @Override
    public void refresh(int partition, long assignment) {
        others.forEach(value -> {
            if (!values.contains(value)) {
                values.add(value);
            }
        });
    }

    /// Somebody else writes, which is known after the next [#refresh].
    public void writtenByOthers(V value) {
        others.add(value);
    }

    @Override
    public void add(int partition, long assignment, String ignored, V value) {
        values.add(value);
    }
}
