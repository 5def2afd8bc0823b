package lull.aggregator.inforce;

import java.util.SortedMap;
import java.util.TreeMap;
import lull.aggregator.gap.Score;
import lull.aggregator.turn.GapState;
import lull.contract.message.GapRule;

/// What decides in a partition how long to wait, apart from the gaps, as instances report it to one
/// another. Immutable.
///
/// @param model the version of the model
/// @param rules what setting records have set, by business number; the empty number stands for
///     all others
/// @param scores of the adaptive gap, by business number
public record PartitionRule(String model, SortedMap<String, GapRule> rules, SortedMap<String, Score> scores) {

    public PartitionRule {
        if (model.isEmpty()) {
            throw new IllegalArgumentException("A model has a version");
        }
        rules = new TreeMap<>(rules);
        scores = new TreeMap<>(scores);
    }

    /// Returns the rules of a partition's state.
    public static PartitionRule of(GapState state) {
        return new PartitionRule(state.model().version(), state.gaps().rules(), new TreeMap<>(state.scores()));
    }
}
