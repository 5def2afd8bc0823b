package lull.aggregator.inforce;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lull.aggregator.turn.GapsInForce;

/// Gaps that setting records have set in the partitions of an input topic which this process serves.
/// Stream threads write it, any thread may read it.
public final class GapsByPartition {

    private final Map<Integer, GapsInForce> gaps = new ConcurrentHashMap<>();

    public void set(int partition, GapsInForce inForce) {
        gaps.put(partition, inForce);
    }

    public void released(int partition) {
        gaps.remove(partition);
    }

    /// Returns the current state.
    public Map<Integer, GapsInForce> now() {
        return Map.copyOf(gaps);
    }
}
