package lull.aggregator.inforce;

import java.util.SortedMap;
import java.util.TreeMap;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.Score;
import lull.aggregator.turn.GapState;
import lull.contract.message.GapRule;
import org.jspecify.annotations.Nullable;

/// What decides in a partition how long to wait, apart from the gaps, as instances report it to one
/// another. Immutable.
///
/// @param model the version of the model
/// @param rules what setting records have set, by business number; the empty number stands for
///     all others
/// @param scores of the adaptive gap, by business number
/// @param digests of the latest models, by version; absent: not reported
/// @param lambdas how many seconds of delay one cut thought is worth, by business number, if its rule does not
///     contain it; absent: not reported
public record PartitionRule(
        String model,
        SortedMap<String, GapRule> rules,
        SortedMap<String, Score> scores,
        @Nullable SortedMap<String, String> digests,
        @Nullable SortedMap<String, Double> lambdas) {

    public PartitionRule {
        if (model.isEmpty()) {
            throw new IllegalArgumentException("A model has a version");
        }
        rules = new TreeMap<>(rules);
        scores = new TreeMap<>(scores);
    }

    /// Whether another model than this has its version.
    public boolean hasOther(GapModel model) {
        SortedMap<String, String> known = digests;
        String digest = known == null ? null : known.get(model.version());
        return digest != null && !digest.equals(model.digest());
    }

    /// Returns the rules of a partition's state.
    public static PartitionRule of(GapState state) {
        return new PartitionRule(
                state.model().version(),
                state.gaps().rules(),
                new TreeMap<>(state.scores()),
                state.models().digests(),
                state.lambdas());
    }
}
