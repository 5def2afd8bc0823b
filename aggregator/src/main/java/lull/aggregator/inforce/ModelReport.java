package lull.aggregator.inforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lull.aggregator.gap.GapModel;

/// Models of the adaptive gap that are in force in an input topic.
///
/// @param models more than one if partitions differ, as they do after a change that only some of them
///     accepted; in the order of their first partitions
/// @param unknownPartitions partitions whose model is unknown, because no instance that serves
///     them reported it
public record ModelReport(String topic, List<InForce> models, List<Integer> unknownPartitions) {

    /// A model.
    ///
    /// @param partitions those in which it is in force
    public record InForce(List<Integer> partitions, GapModel model) {
        public InForce {
            partitions = List.copyOf(partitions);
        }
    }

    public ModelReport {
        models = List.copyOf(models);
        unknownPartitions = List.copyOf(unknownPartitions);
    }

    /// Creates the report of a topic.
    ///
    /// @param partitions how many the topic has
    /// @param byPartition the model of each partition that is known
    public static ModelReport of(String topic, int partitions, Map<Integer, GapModel> byPartition) {
        List<Integer> unknown = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            if (!byPartition.containsKey(partition)) {
                unknown.add(partition);
            }
        }
        return new ModelReport(topic, models(byPartition), unknown);
    }

    /// Returns each model once, with its partitions.
    public static List<InForce> models(Map<Integer, GapModel> byPartition) {
        Map<GapModel, List<Integer>> partitions = new LinkedHashMap<>();
        SortedMap<Integer, GapModel> sorted = new TreeMap<>(byPartition);
        sorted.forEach((partition, model) ->
                partitions.computeIfAbsent(model, _ -> new ArrayList<>()).add(partition));
        return partitions.entrySet().stream()
                .map(each -> new InForce(each.getValue(), each.getKey()))
                .toList();
    }
}
