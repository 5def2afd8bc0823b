package lull.bench.gap;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.advice.Trace;
import org.jspecify.annotations.Nullable;

/// What it saves if an assistant begins to answer before a turn has ended (`destination.NAME.early`), and what it
/// costs:
/// conversations are played through the adaptive gap, for several probabilities up to which it begins. A pure
/// calculation: a language model always takes the same time.
final class EarlyBench {

    private static final double MILLIS = 1_000;
    private static final double[] EARLY = {0.02, 0.05, 0.1, 0.2, 0.5, 1};

    private EarlyBench() {}

    /// What came of beginning early, over all turns.
    ///
    /// @param turns as the gap makes them
    /// @param begun answers that were begun early
    /// @param used those of them that were used
    /// @param saved how much sooner answers were there, in seconds of all turns
    /// @param waited from the last message to the answer without beginning early, in seconds of all turns
    record Outcome(int turns, int begun, int used, double saved, double waited) {

        int thrownAway() {
            return begun - used;
        }

        private Outcome plus(boolean isBegun, boolean ends, double wait, double model) {
            boolean isUsed = isBegun && ends;
            return new Outcome(
                    turns + (ends ? 1 : 0),
                    begun + (isBegun ? 1 : 0),
                    used + (isUsed ? 1 : 0),
                    saved + (isUsed ? Math.min(wait, model) : 0),
                    waited + (ends ? wait + model : 0));
        }
    }

    /// Returns the report of one setting.
    ///
    /// @param model how long the language model takes
    static List<String> report(List<Trace> traces, GapModel gapModel, Duration like, Duration floor, Duration model) {
        AdaptiveGap gap = new AdaptiveGap(gapModel, AdaptiveGap.Options.like(like, floor, gapModel));
        List<AdaptiveGap.@Nullable Decision[]> decisions = new Player(gap).decisions(traces);
        List<String> report = new ArrayList<>();
        report.add(String.format(
                Locale.ROOT,
                "An assistant that takes %.1f s, begun early; a wait like a fixed gap of %.1f s",
                model.toMillis() / MILLIS,
                like.toMillis() / MILLIS));
        report.add(String.format(
                Locale.ROOT,
                "%6s %9s %12s %16s %8s %10s %7s",
                "early",
                "turns",
                "begun/turn",
                "thrown away/turn",
                "wait s",
                "sooner s",
                "saved%"));
        for (double early : EARLY) {
            Outcome outcome = outcome(traces, decisions, early, model);
            double turns = Math.max(1, outcome.turns());
            report.add(String.format(
                    Locale.ROOT,
                    "%6.2f %9d %12.3f %16.3f %8.2f %10.2f %7.1f",
                    early,
                    outcome.turns(),
                    outcome.begun() / turns,
                    outcome.thrownAway() / turns,
                    outcome.waited() / turns,
                    outcome.saved() / turns,
                    100 * outcome.saved() / Math.max(1e-9, outcome.waited())));
        }
        return report;
    }

    /// @param decisions after each message of each conversation
    static Outcome outcome(
            List<Trace> traces, List<AdaptiveGap.@Nullable Decision[]> decisions, double early, Duration model) {
        Outcome outcome = new Outcome(0, 0, 0, 0, 0);
        for (int trace = 0; trace < traces.size(); trace++) {
            List<Trace.Line> lines = traces.get(trace).lines();
            for (int[] turn : traces.get(trace).turns()) {
                for (int i = 0; i < turn.length; i++) {
                    AdaptiveGap.Decision decision = requireNonNull(decisions.get(trace)[turn[i]]);
                    long wait = decision.gap().toMillis();
                    boolean ends = i + 1 == turn.length
                            || lines.get(turn[i + 1]).at() - lines.get(turn[i]).at() > wait;
                    outcome = outcome.plus(
                            decision.probability() <= early, ends, wait / MILLIS, model.toMillis() / MILLIS);
                }
            }
        }
        return outcome;
    }
}
