package lull.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lull.aggregator.gap.Score;
import lull.contract.message.GapRule;

/// How operators read how well the adaptive gap does at a business number. Pure.
final class ScoreText {

    /// Below so many turns a score says nothing.
    private static final double FEWEST_TURNS = 30;

    private static final double PERCENT = 100;

    private ScoreText() {}

    /// Returns the lines of a score.
    ///
    /// @param policy what decides at the number
    static List<String> lines(Score score, GapRule.Policy policy) {
        if (score.turns() < FEWEST_TURNS) {
            return List.of(String.format(
                    Locale.ROOT, "not enough turns yet to judge the adaptive gap (%,.0f)", score.turns()));
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "adaptive %.1f s delay, %s cut; fixed %.1f s, %s (%,.0f turns)",
                score.ofEach(score.adaptiveDelay()),
                share(score.adaptiveCuts(), score),
                score.ofEach(score.fixedDelay()),
                share(score.fixedCuts(), score),
                score.turns()));
        double more = score.meanDifference();
        lines.add(String.format(
                Locale.ROOT,
                "a turn costs %.1f s +/- %.1f s %s with the adaptive gap",
                Math.abs(more),
                score.error(),
                more > 0 ? "more" : "less"));
        if (score.fallbacks() > 0 && policy != GapRule.Policy.FIXED) {
            lines.add("the fixed gap " + (policy == GapRule.Policy.SHADOW ? "would rule" : "rules") + " in "
                    + score.fallbacks() + (score.fallbacks() == 1 ? " partition" : " partitions")
                    + ", because turns cost more with the adaptive gap there");
        }
        return lines;
    }

    private static String share(double cuts, Score score) {
        return String.format(
                Locale.ROOT, "%.1f %% +/- %.1f %%", score.ofEach(cuts) * PERCENT, score.errorOfShare(cuts) * PERCENT);
    }
}
