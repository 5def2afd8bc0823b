package lull.aggregator.operator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import lull.aggregator.gap.GapModel;
import lull.aggregator.inforce.GapReport;
import lull.aggregator.inforce.ModelReport;
import lull.aggregator.inforce.PartitionRule;
import lull.aggregator.stream.InputApplication;
import lull.aggregator.turn.GapState;

/// What is known of the gaps of all input topics: of the partitions of this instance, and of all. Safe
/// for several threads.
final class GapViews {

    private final Map<String, InputApplication> inputs;
    private final GapControl control;
    private final Peers peers;

    /// @param inputs the applications by input topic
    GapViews(Map<String, InputApplication> inputs, GapControl control, Peers peers) {
        this.inputs = inputs;
        this.control = control;
        this.peers = peers;
    }

    /// Returns the gaps of an input topic, and their rules, from all instances.
    GapReport report(InputApplication input) {
        String topic = input.options().input();
        Map<Integer, SortedMap<String, Duration>> gaps = peers.gaps(topic, input.others());
        gaps.putAll(of(input, state -> state.gaps().byNumber()));
        Map<Integer, PartitionRule> rules = rules(input);
        return GapReport.of(
                topic, input.options().policy(), control.partitions(topic), new GapReport.Known(gaps, rules));
    }

    /// Whether an input topic has, or had lately, another model of the same version. What instances that do
    /// not answer know is not considered.
    boolean hasOther(String topic, GapModel model) {
        InputApplication input = inputs.get(topic);
        return input != null && rules(input).values().stream().anyMatch(rule -> rule.hasOther(model));
    }

    private Map<Integer, PartitionRule> rules(InputApplication input) {
        Map<Integer, PartitionRule> rules = peers.rules(input.options().input(), input.others());
        rules.putAll(of(input, PartitionRule::of));
        return rules;
    }

    /// Returns the models of an input topic, from all instances.
    ModelReport models(InputApplication input) {
        String topic = input.options().input();
        Map<Integer, GapModel> models = peers.models(topic, input.others());
        models.putAll(of(input, GapState::model));
        return ModelReport.of(topic, control.partitions(topic), models);
    }

    /// Returns the gaps that setting records have set in this instance's partitions, by topic.
    Map<String, Map<Integer, SortedMap<String, Duration>>> gapsHere() {
        return here(input -> of(input, state -> state.gaps().byNumber()));
    }

    /// Returns the rules of the partitions of this instance, by topic and partition.
    Map<String, Map<Integer, PartitionRule>> rulesHere() {
        return here(input -> of(input, PartitionRule::of));
    }

    /// Returns the models of the partitions of this instance, by topic.
    Map<String, List<ModelReport.InForce>> modelsHere() {
        return here(input -> ModelReport.models(of(input, GapState::model)));
    }

    private <T> Map<String, T> here(Function<InputApplication, T> view) {
        Map<String, T> byTopic = new TreeMap<>();
        inputs.forEach((topic, input) -> byTopic.put(topic, view.apply(input)));
        return byTopic;
    }

    private static <T> Map<Integer, T> of(InputApplication input, Function<GapState, T> part) {
        Map<Integer, T> byPartition = new TreeMap<>();
        input.gaps().now().forEach((partition, state) -> byPartition.put(partition, part.apply(state)));
        return byPartition;
    }
}
