package lull.aggregator.gap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lull.aggregator.turn.GapsInForce;

/// The gaps that setting records have set in the partitions of an input topic which this process serves. The stream
/// threads tell, others ask.
public final class GapsByPartition {

    private final Map<Integer, GapsInForce> gaps = new ConcurrentHashMap<>();

    public void set(int partition, GapsInForce inForce) {
        gaps.put(partition, inForce);
    }

    public void released(int partition) {
        gaps.remove(partition);
    }

    /// As it is now.
    public Map<Integer, GapsInForce> now() {
        return Map.copyOf(gaps);
    }
}
