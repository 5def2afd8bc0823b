package lull.aggregator.turn;

import java.util.SortedMap;
import java.util.TreeMap;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.Score;

/// What decides in a partition how long to wait, and how well it did. Immutable.
///
/// @param gaps what setting records have set
/// @param model the model for the next message
/// @param scores of the adaptive gap, by business number
public record GapState(GapsInForce gaps, GapModel model, SortedMap<String, Score> scores) {
    public GapState {
        scores = new TreeMap<>(scores);
    }
}
