package lull.aggregator.operator;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import lull.aggregator.stream.InputApplication;
import lull.aggregator.turn.OpenTurnList;

/// The open turns of all input topics, oldest first: of the partitions of this instance, and of all. Safe for
/// several threads.
final class TurnViews {

    private final Map<String, InputApplication> inputs;
    private final ToIntFunction<String> partitions;
    private final Peers peers;

    /// The open turns of an installation.
    ///
    /// @param unknownPartitions partitions whose turns are unknown, by topic
    record Report(OpenTurnList turns, Map<String, List<Integer>> unknownPartitions) {}

    /// @param inputs the applications by input topic
    /// @param partitions how many an input topic has
    TurnViews(Map<String, InputApplication> inputs, ToIntFunction<String> partitions, Peers peers) {
        this.inputs = inputs;
        this.partitions = partitions;
        this.peers = peers;
    }

    /// Returns the turns of all instances.
    ///
    /// @param limit how many are shown
    Report all(int limit) {
        Map<String, Map<Integer, OpenTurnList>> byTopic = new TreeMap<>();
        Map<String, List<Integer>> unknown = new TreeMap<>();
        inputs.forEach((topic, input) -> {
            Map<Integer, OpenTurnList> turns = peers.waiting(topic, input.others(), limit);
            turns.putAll(input.waiting(limit));
            byTopic.put(topic, turns);
            List<Integer> missing = IntStream.range(0, partitions.applyAsInt(topic))
                    .filter(partition -> !turns.containsKey(partition))
                    .boxed()
                    .toList();
            if (!missing.isEmpty()) {
                unknown.put(topic, missing);
            }
        });
        return new Report(
                OpenTurnList.together(byTopic.values().stream().flatMap(turns -> turns.values().stream()), limit),
                unknown);
    }

    /// Returns the turns of the partitions of this instance, by topic and partition.
    ///
    /// @param limit how many of each partition are shown
    Map<String, Map<Integer, OpenTurnList>> here(int limit) {
        Map<String, Map<Integer, OpenTurnList>> byTopic = new TreeMap<>();
        inputs.forEach((topic, input) -> byTopic.put(topic, input.waiting(limit)));
        return byTopic;
    }
}
