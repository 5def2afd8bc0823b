package lull.aggregator.inforce;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import lull.aggregator.gap.Score;
import lull.aggregator.turn.GapsInForce;
import lull.aggregator.turn.InputPolicy;
import lull.contract.message.GapRule;
import org.jspecify.annotations.Nullable;

/// Gaps of an input topic, and rules for them: configured, and in force in each partition.
///
/// @param gaps the topic's own first, then those of business numbers
/// @param unknownPartitions partitions whose gap is unknown, because no instance that serves them was
///     reached
/// @param models the version of the adaptive gap's model, by partition
/// @param unknownRules partitions whose gap is known but not its rule and model, because an older
///     version of Lull serves them
public record GapReport(
        String topic,
        List<Gap> gaps,
        List<Integer> unknownPartitions,
        SortedMap<Integer, String> models,
        List<Integer> unknownRules) {

    /// A gap and its rule.
    ///
    /// @param businessNumber the number to which it applies; absent: all numbers without one of their
    ///     own
    /// @param configured the configured value
    /// @param inForce the value for the next message, by partition
    /// @param configuredRule the configured rule
    /// @param rules the rule for the next message, by partition
    /// @param lambdas how many seconds of delay one cut thought is worth, by partition, if the rule there does not
    ///     contain it; absent if it is unknown for all of them
    /// @param score of the adaptive gap in all partitions; absent if it has judged no turn of
    ///     the number
    public record Gap(
            @Nullable String businessNumber,
            Duration configured,
            SortedMap<Integer, Duration> inForce,
            GapRule configuredRule,
            SortedMap<Integer, GapRule> rules,
            @Nullable SortedMap<Integer, Double> lambdas,
            @Nullable Score score) {

        /// Whether the partitions differ, as they do after a change that only some of them accepted.
        public boolean differs() {
            return isMixed(inForce.values())
                    || isMixed(rules.values().stream().map(RuleText::of).toList());
        }
    }

    public GapReport {
        gaps = List.copyOf(gaps);
        unknownPartitions = List.copyOf(unknownPartitions);
        models = new TreeMap<>(models);
        unknownRules = List.copyOf(unknownRules);
    }

    /// What is known of the partitions of a topic.
    ///
    /// @param gaps what setting records have set, by partition and business number
    /// @param rules the rules of the partitions that told them
    public record Known(Map<Integer, SortedMap<String, Duration>> gaps, Map<Integer, PartitionRule> rules) {}

    /// Creates the report of a topic.
    ///
    /// @param partitions how many the topic has
    public static GapReport of(String topic, InputPolicy policy, int partitions, Known known) {
        SortedSet<String> numbers = new TreeSet<>(policy.byNumber().keySet());
        known.gaps().values().forEach(gaps -> numbers.addAll(gaps.keySet()));
        known.rules().values().forEach(rule -> {
            numbers.addAll(rule.rules().keySet());
            numbers.addAll(rule.scores().keySet());
        });
        numbers.add(GapsInForce.ALL_OTHERS);
        SortedMap<Integer, String> models = new TreeMap<>();
        known.rules().forEach((partition, rule) -> models.put(partition, rule.model()));
        return new GapReport(
                topic,
                numbers.stream().map(number -> gap(number, policy, known)).toList(),
                missing(partitions, known.gaps().keySet()),
                models,
                known.gaps().keySet().stream()
                        .filter(partition -> !known.rules().containsKey(partition))
                        .sorted()
                        .toList());
    }

    /// Whether partitions differ in a gap, a rule or the model.
    public boolean differs() {
        return gaps.stream().anyMatch(Gap::differs) || isMixed(models.values());
    }

    private static Gap gap(String number, InputPolicy policy, Known known) {
        SortedMap<Integer, Duration> inForce = new TreeMap<>();
        known.gaps()
                .forEach((partition, gaps) ->
                        inForce.put(partition, new GapsInForce(gaps, new TreeMap<>()).gap(number, policy)));
        SortedMap<Integer, GapRule> rules = new TreeMap<>();
        SortedMap<Integer, Double> lambdas = new TreeMap<>();
        Score score = Score.NONE;
        for (Map.Entry<Integer, PartitionRule> partition : known.rules().entrySet()) {
            PartitionRule rule = partition.getValue();
            GapRule ofNumber = new GapsInForce(new TreeMap<>(), rule.rules()).rule(number, policy);
            rules.put(partition.getKey(), ofNumber);
            Duration fixed =
                    inForce.getOrDefault(partition.getKey(), policy.of(number).gap());
            SortedMap<String, Double> reported = rule.lambdas();
            if (reported != null && ofNumber.lambda() == null && ofNumber.decidesBeside(fixed)) {
                Double others = reported.get(GapsInForce.ALL_OTHERS);
                Double lambda = reported.getOrDefault(number, others == null ? Double.NaN : others);
                if (!lambda.isNaN()) {
                    lambdas.put(partition.getKey(), lambda);
                }
            }
            score = score.plus(rule.scores().getOrDefault(number, Score.NONE));
        }
        return new Gap(
                number.equals(GapsInForce.ALL_OTHERS) ? null : number,
                policy.of(number).gap(),
                inForce,
                policy.of(number).rule(),
                rules,
                lambdas.isEmpty() ? null : lambdas,
                score.turns() > 0 ? score : null);
    }

    private static List<Integer> missing(int partitions, Collection<Integer> known) {
        return IntStream.range(0, partitions)
                .filter(partition -> !known.contains(partition))
                .boxed()
                .toList();
    }

    private static boolean isMixed(Collection<?> values) {
        return new HashSet<>(values).size() > 1;
    }
}
