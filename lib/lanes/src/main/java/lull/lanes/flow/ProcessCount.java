package lull.lanes.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// Number of processes that share the work of the flows: a process has one member in the group of each flow,
/// and the largest group counts. Safe for several threads.
final class ProcessCount {

    private final Map<String, Integer> members = new HashMap<>();
    private final IntConsumer listener;

    /// @param listener is told the number whenever a group tells its own
    ProcessCount(IntConsumer listener) {
        this.listener = listener;
    }

    /// Reports the number of members of a group.
    synchronized void heard(String group, int count) {
        members.put(group, count);
        // A process may be away from one group for a moment, when its flow is stuck, and still make calls in others.
        listener.accept(
                members.values().stream().mapToInt(Integer::intValue).max().orElseThrow());
    }
}
