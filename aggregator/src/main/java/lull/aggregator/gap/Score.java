package lull.aggregator.gap;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// How the adaptive gap and the fixed gap have done on the same turns. All but the last are sums in which
/// earlier turns count less and less. Immutable.
///
/// @param turns the weight of the turns
/// @param difference how much more the turns cost with the adaptive gap, in seconds of delay, in which each
///     cut thought is worth lambda
/// @param squares of these
/// @param adaptiveDelay after the last messages of the turns, in seconds
/// @param fixedDelay likewise
/// @param adaptiveCuts turns that were cut
/// @param fixedCuts likewise
/// @param fallbacks in how many partitions the fixed gap rules, because the adaptive one is worse
public record Score(
        double turns,
        double difference,
        double squares,
        double adaptiveDelay,
        double fixedDelay,
        double adaptiveCuts,
        double fixedCuts,
        int fallbacks) {

    /// The score of no turns.
    public static final Score NONE = new Score(0, 0, 0, 0, 0, 0, 0, 0);

    /// Returns both scores together.
    public Score plus(Score other) {
        return new Score(
                turns + other.turns,
                difference + other.difference,
                squares + other.squares,
                adaptiveDelay + other.adaptiveDelay,
                fixedDelay + other.fixedDelay,
                adaptiveCuts + other.adaptiveCuts,
                fixedCuts + other.fixedCuts,
                fallbacks + other.fallbacks);
    }

    /// How much more a turn costs with the adaptive gap, in seconds of delay; 0 if there is no turn.
    @JsonIgnore
    public double meanDifference() {
        return ofEach(difference);
    }

    /// The standard error of the mean difference, in seconds; infinite for less than two turns.
    @JsonIgnore
    public double error() {
        if (turns < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = meanDifference();
        return StrictMath.sqrt(Math.max(0, squares / turns - mean * mean) / turns);
    }

    /// The standard error of a share of the turns; 1 if there is no turn.
    ///
    /// @param count of the turns that have it
    public double errorOfShare(double count) {
        double share = Math.clamp(ofEach(count), 0, 1);
        return turns == 0 ? 1 : StrictMath.sqrt(share * (1 - share) / turns);
    }

    /// Returns a sum as a mean of the turns.
    public double ofEach(double sum) {
        return turns == 0 ? 0 : sum / turns;
    }
}
