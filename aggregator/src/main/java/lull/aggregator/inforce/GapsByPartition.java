package lull.aggregator.inforce;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lull.aggregator.turn.GapState;

/// What decides how long to wait in the partitions of an input topic which this process serves.
/// Stream threads write it, any thread may read it.
public final class GapsByPartition {

    private final Map<Integer, GapState> gaps = new ConcurrentHashMap<>();

    public void set(int partition, GapState inForce) {
        gaps.put(partition, inForce);
    }

    public void released(int partition) {
        gaps.remove(partition);
    }

    /// Returns the current state. Its scores follow later messages.
    public Map<Integer, GapState> now() {
        return Map.copyOf(gaps);
    }
}
