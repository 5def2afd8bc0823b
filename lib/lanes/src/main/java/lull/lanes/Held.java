package lull.lanes;

import java.util.Map;

/// Partitions that a flow has at a moment.
///
/// @param assignments the number of the assignment under which it has each partition
/// @param last the number of the last assignment until then
public record Held(Map<Integer, Long> assignments, long last) {

    /// The partitions of a flow before its first assignment.
    public static final Held NONE = new Held(Map.of(), 0);

    /// Whether the flow has a partition.
    public boolean has(int partition) {
        return assignments.containsKey(partition);
    }

    /// Whether an assignment has ended. One that began after this moment has not.
    public boolean isLost(long assignment) {
        return assignment <= last && !assignments.containsValue(assignment);
    }
}
