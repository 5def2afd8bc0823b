package lull.aggregator.inforce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import lull.aggregator.turn.GapsInForce;
import lull.aggregator.turn.InputPolicy;
import org.jspecify.annotations.Nullable;

/// Gaps of an input topic: configured, and in force in each partition.
///
/// @param gaps the topic's own first, then those of business numbers
/// @param unknownPartitions partitions whose gap is unknown, because no instance that serves them was
///     reached
public record GapReport(String topic, List<Gap> gaps, List<Integer> unknownPartitions) {

    /// A gap.
    ///
    /// @param businessNumber the number to which it applies; absent: all numbers without one of their
    ///     own
    /// @param configured the configured value
    /// @param inForce the value for the next message, by partition
    public record Gap(@Nullable String businessNumber, Duration configured, SortedMap<Integer, Duration> inForce) {

        /// Whether the partitions differ, as they do after a change that only some of them accepted.
        public boolean differs() {
            return new HashSet<>(inForce.values()).size() > 1;
        }
    }

    public GapReport {
        gaps = List.copyOf(gaps);
        unknownPartitions = List.copyOf(unknownPartitions);
    }

    /// Creates the report of a topic.
    ///
    /// @param partitions how many the topic has
    /// @param set what setting records have set, by partition and business number
    public static GapReport of(
            String topic, InputPolicy policy, int partitions, Map<Integer, SortedMap<String, Duration>> set) {
        SortedSet<String> numbers = new TreeSet<>(policy.byNumber().keySet());
        set.values().forEach(gaps -> numbers.addAll(gaps.keySet()));
        numbers.add(GapsInForce.ALL_OTHERS);
        List<Gap> gaps = new ArrayList<>();
        for (String number : numbers) {
            SortedMap<Integer, Duration> inForce = new TreeMap<>();
            set.forEach((partition, byNumber) ->
                    inForce.put(partition, new GapsInForce(byNumber, new TreeMap<>()).gap(number, policy)));
            gaps.add(new Gap(
                    number.equals(GapsInForce.ALL_OTHERS) ? null : number,
                    policy.of(number).gap(),
                    inForce));
        }
        Set<Integer> unknown = new TreeSet<>();
        for (int partition = 0; partition < partitions; partition++) {
            if (!set.containsKey(partition)) {
                unknown.add(partition);
            }
        }
        return new GapReport(topic, gaps, List.copyOf(unknown));
    }
}
