package lull.aggregator.inforce;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lull.aggregator.route.RoutesInForce;

/// What decides where turns go in the partitions of an input topic which this process serves. Stream
/// threads write it, any thread may read it.
public final class RoutesByPartition {

    private final Map<Integer, RoutesInForce> byPartition = new ConcurrentHashMap<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    public void set(int partition, RoutesInForce inForce) {
        byPartition.put(partition, inForce);
    }

    public void released(int partition) {
        byPartition.remove(partition);
    }

    /// Returns the current state.
    public Map<Integer, RoutesInForce> now() {
        return Map.copyOf(byPartition);
    }

    /// Whether it was not asked before about a rule with this destination: what is wrong with it is logged
    /// once by a process.
    public boolean isNews(String rule, String destination) {
        return reported.add(rule + " " + destination);
    }
}
