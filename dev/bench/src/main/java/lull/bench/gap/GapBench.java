package lull.bench.gap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.advice.Trace;

/// Plays conversations through the adaptive gap, and reports its scores beside fixed gaps.
final class GapBench {

    private static final double MILLIS = 1_000;

    private GapBench() {}

    /// Returns the report of one setting.
    static List<String> report(List<Trace> traces, GapModel model, Duration like, Duration floor) {
        AdaptiveGap gap = new AdaptiveGap(model, AdaptiveGap.Options.like(like, floor, model));
        List<long[]> waits = new Player(gap).gaps(traces);
        Map<String, Score> scores = Score.bySource(traces, waits);
        List<String> report = new ArrayList<>();
        report.add("Like a fixed gap of " + seconds(like) + " s");
        report.add(String.format(
                Locale.ROOT,
                "%-15s %7s %7s %11s %7s %6s %6s %15s %7s %7s",
                "source",
                "turns",
                "split%",
                "pieces/turn",
                "mean s",
                "p50",
                "p95",
                "matched fixed s",
                "saved%",
                "p95 vs"));
        scores.forEach((source, score) -> report.add(row(source, score)));
        report.add(row("all", Score.of(traces, waits)));
        report.add(String.format(
                Locale.ROOT,
                "Mean of saved%% over %d sources: %s",
                scores.values().stream()
                        .filter(score -> Double.isFinite(score.saved()))
                        .count(),
                percent("%.1f", Score.meanSaved(scores.values()))));
        Score.OneSetting one = Score.OneSetting.of(scores.values());
        report.add(String.format(
                Locale.ROOT,
                "One setting, %d sources: split %.2f %%, mean delay %.2f s, mean p95 %.1f s (%.2f x %s s)",
                scores.size(),
                100 * one.split(),
                one.mean(),
                one.percentile95(),
                one.percentile95() / (like.toMillis() / MILLIS),
                seconds(like)));
        report.add(String.format(
                Locale.ROOT,
                "  a fixed gap with that split: %.2f s, so the mean delay is %s %% shorter",
                one.matched(),
                percent("%.1f", one.saved())));
        report.add(String.format(
                Locale.ROOT,
                "  a fixed gap of %.2f s splits %.2f %%, so %s %% fewer turns are split",
                one.mean(),
                100 * one.splitAtMean(),
                percent("%.1f", one.fewer())));
        return Collections.unmodifiableList(report);
    }

    private static String row(String source, Score score) {
        return String.format(
                Locale.ROOT,
                "%-15s %7d %7.2f %11.4f %7.2f %6.1f %6.1f %15.2f %7s %7s",
                source,
                score.turns(),
                100 * score.split(),
                score.pieces(),
                score.mean(),
                score.percentile(50),
                score.percentile(95),
                score.matched(),
                percent("%.1f", score.saved()),
                percent("%+.0f", score.longer95()));
    }

    /// A share in percent, or a dash where too few turns are known.
    private static String percent(String format, double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, format, 100 * share) : "-";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / MILLIS).replaceAll("\\.?0+$", "");
    }
}
