package lull.aggregator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The gaps that setting records have set in the partitions of an input topic which this process serves. The stream
/// threads tell, others ask.
final class GapsByPartition {

    private final Map<Integer, GapsInForce> gaps = new ConcurrentHashMap<>();

    void set(int partition, GapsInForce inForce) {
        gaps.put(partition, inForce);
    }

    void released(int partition) {
        gaps.remove(partition);
    }

    /// As it is now.
    Map<Integer, GapsInForce> now() {
        return Map.copyOf(gaps);
    }
}
