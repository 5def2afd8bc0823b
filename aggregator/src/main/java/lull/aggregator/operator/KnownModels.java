package lull.aggregator.operator;

import lull.aggregator.gap.GapModel;

/// Port to the models that input topics have or had.
@FunctionalInterface
interface KnownModels {

    /// Whether a topic has, or had lately, another model of the same version.
    boolean hasOther(String topic, GapModel model);
}
