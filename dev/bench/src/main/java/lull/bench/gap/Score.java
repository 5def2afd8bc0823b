package lull.bench.gap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.aggregator.gap.advice.Trace;

/// What waits led to, over all turns of some conversations: how many turns were cut, and how long the wait
/// after their last messages was.
final class Score {

    private static final double MILLIS = 1_000;
    private static final double LONGEST = 60;
    private static final int HALVINGS = 40;

    /// A fixed gap below this, in seconds, is none: too few turns are known.
    private static final double LEAST_GAP = 0.001;

    private final List<Double> delays = new ArrayList<>();
    private final List<Double> longestSilences = new ArrayList<>();
    private int cut;
    private int cuts;

    /// Scores waits by source, in the order of the sources.
    ///
    /// @param waits in milliseconds, for each message of each conversation
    static Map<String, Score> bySource(List<Trace> traces, List<long[]> waits) {
        Map<String, Score> scores = new LinkedHashMap<>();
        for (int i = 0; i < traces.size(); i++) {
            Trace trace = traces.get(i);
            scores.computeIfAbsent(trace.source(), _ -> new Score()).add(trace, waits.get(i));
        }
        return scores;
    }

    /// Scores all of them as one.
    static Score of(List<Trace> traces, List<long[]> waits) {
        Score score = new Score();
        for (int i = 0; i < traces.size(); i++) {
            score.add(traces.get(i), waits.get(i));
        }
        return score;
    }

    private void add(Trace trace, long[] waits) {
        for (int[] turn : trace.turns()) {
            int cutsOfTurn = 0;
            long longest = 0;
            for (int i = 1; i < turn.length; i++) {
                long silence = trace.lines().get(turn[i]).at()
                        - trace.lines().get(turn[i - 1]).at();
                longest = Math.max(longest, silence);
                cutsOfTurn += silence > waits[turn[i - 1]] ? 1 : 0;
            }
            cuts += cutsOfTurn;
            cut += cutsOfTurn > 0 ? 1 : 0;
            delays.add(waits[turn[turn.length - 1]] / MILLIS);
            longestSilences.add(longest / MILLIS);
        }
    }

    int turns() {
        return delays.size();
    }

    /// The share of turns that were cut at least once.
    double split() {
        return (double) cut / turns();
    }

    /// How many pieces a turn became, on average.
    double pieces() {
        return 1 + (double) cuts / turns();
    }

    double mean() {
        return delays.stream().mapToDouble(each -> each).average().orElse(0);
    }

    double percentile(double percent) {
        double[] sorted = delays.stream().mapToDouble(each -> each).sorted().toArray();
        double place = percent / 100 * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /// The share of turns that a fixed gap would cut.
    double splitOfFixed(double gapSeconds) {
        return (double) longestSilences.stream()
                        .filter(each -> each > gapSeconds)
                        .count()
                / turns();
    }

    /// The smallest fixed gap in seconds that cuts no more turns.
    double matched() {
        double[] sorted =
                longestSilences.stream().mapToDouble(each -> each).sorted().toArray();
        int allowed = (int) Math.floor(split() * sorted.length + 1e-9);
        return allowed < sorted.length ? sorted[sorted.length - 1 - allowed] : 0;
    }

    /// How much shorter the mean delay is than the matched fixed gap, as a share; NaN if that gap is 0.
    double saved() {
        double matched = matched();
        return matched < LEAST_GAP ? Double.NaN : 1 - mean() / matched;
    }

    /// How much longer the 95th percentile is than the matched fixed gap, as a share; NaN if that gap is 0.
    double longer95() {
        double matched = matched();
        return matched < LEAST_GAP ? Double.NaN : percentile(95) / matched - 1;
    }

    /// The mean of what each source saved; NaN if there is none with a matched fixed gap.
    static double meanSaved(Collection<Score> scores) {
        return scores.stream()
                .mapToDouble(Score::saved)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /// One setting for several sources, which all count the same.
    record OneSetting(double split, double mean, double percentile95, double matched, double splitAtMean) {

        static OneSetting of(Collection<Score> scores) {
            double split = split(scores);
            double mean = average(scores.stream().mapToDouble(Score::mean).toArray());
            double low = 0;
            double high = LONGEST;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (low + high) / 2;
                if (splitOfFixed(scores, middle) > split) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return new OneSetting(
                    split,
                    mean,
                    average(scores.stream()
                            .mapToDouble(score -> score.percentile(95))
                            .toArray()),
                    high,
                    splitOfFixed(scores, mean));
        }

        /// The mean share of turns that were cut.
        static double split(Collection<Score> scores) {
            return average(scores.stream().mapToDouble(Score::split).toArray());
        }

        /// NaN if that fixed gap is 0.
        double saved() {
            return matched < LEAST_GAP ? Double.NaN : 1 - mean / matched;
        }

        /// NaN if the fixed gap splits none.
        double fewer() {
            return splitAtMean == 0 ? Double.NaN : 1 - split / splitAtMean;
        }
    }

    static double splitOfFixed(Collection<Score> scores, double gapSeconds) {
        return average(scores.stream()
                .mapToDouble(score -> score.splitOfFixed(gapSeconds))
                .toArray());
    }

    private static double average(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
