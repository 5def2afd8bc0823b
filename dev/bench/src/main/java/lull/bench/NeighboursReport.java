package lull.bench;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lull.bench.NeighboursBench.Delays;
import org.HdrHistogram.Histogram;

/// The outcome of a benchmark of neighbours as text for people.
final class NeighboursReport {

    private NeighboursReport() {}

    /// One line on what has just been measured.
    static String line(Neighbour neighbour, int round, Delays delays) {
        return row(neighbour.label(), Integer.toString(round), delays);
    }

    static List<String> lines(
            NeighboursPlan plan, String machine, Map<Neighbour, List<Delays>> measured, List<String> flaws) {
        List<String> lines = new ArrayList<>();
        lines.add("What a neighbour costs a business number in the same bridge");
        lines.add(machine);
        lines.add(String.format(
                Locale.ROOT,
                "%d turns and %d replies a second of the number, and as many of its neighbour; %d rounds of %d s for each"
                        + " neighbour",
                plan.perSecond(),
                plan.perSecond(),
                plan.rounds(),
                plan.seconds()));
        lines.add("");
        lines.add("Delay of the number's own, in ms from when a turn or reply was due until it was accepted");
        lines.add(String.format(
                Locale.ROOT,
                "%-14s %6s %9s %9s %9s %9s %9s %9s",
                "neighbour",
                "round",
                "turn p50",
                "p99",
                "max",
                "reply p50",
                "p99",
                "max"));
        measured.forEach((neighbour, rounds) -> {
            for (int round = 0; round < rounds.size(); round++) {
                lines.add(line(neighbour, round + 1, rounds.get(round)));
            }
            lines.add(row(
                    neighbour.label(),
                    "all",
                    rounds.stream().reduce(Delays::and).orElseThrow()));
        });
        lines.add("");
        lines.add(
                "99th percentile beside a misconfigured neighbour, as a multiple; median of the rounds (least to most)");
        lines.add(ratios("turns, to being alone", measured, Neighbour.NONE, delays -> p99(delays.turns())));
        lines.add(ratios("replies, to being alone", measured, Neighbour.NONE, delays -> p99(delays.replies())));
        lines.add(ratios("turns, to a healthy neighbour", measured, Neighbour.HEALTHY, delays -> p99(delays.turns())));
        lines.add(ratios(
                "replies, to a healthy neighbour", measured, Neighbour.HEALTHY, delays -> p99(delays.replies())));
        lines.add("");
        lines.add(flaws.isEmpty() ? "This run is valid." : "This run is NOT VALID:");
        flaws.forEach(flaw -> lines.add("  " + flaw));
        return lines;
    }

    private static String row(String neighbour, String round, Delays delays) {
        return String.format(
                Locale.ROOT,
                "%-14s %6s %9.1f %9.1f %9.1f %9.1f %9.1f %9.1f",
                neighbour,
                round,
                delays.turns().getValueAtPercentile(50) / 1e3,
                p99(delays.turns()),
                delays.turns().getMaxValue() / 1e3,
                delays.replies().getValueAtPercentile(50) / 1e3,
                p99(delays.replies()),
                delays.replies().getMaxValue() / 1e3);
    }

    private static double p99(Histogram micros) {
        return micros.getValueAtPercentile(99) / 1e3;
    }

    private static String ratios(
            String what, Map<Neighbour, List<Delays>> measured, Neighbour to, ToDoubleFunction<Delays> figure) {
        List<Delays> those = requireNonNull(measured.get(Neighbour.MISCONFIGURED));
        List<Delays> others = requireNonNull(measured.get(to));
        Spread spread = spread(those, others, figure);
        return String.format(
                Locale.ROOT, "%-34s %6.2f (%.2f to %.2f)", what, spread.median(), spread.least(), spread.most());
    }

    /// Returns what is more than some percent later beside a misconfigured neighbour than beside a healthy one, at
    /// the 99th percentile and in the median of the rounds.
    static List<String> excesses(Map<Neighbour, List<Delays>> measured, int percent) {
        List<Delays> those = requireNonNull(measured.get(Neighbour.MISCONFIGURED));
        List<Delays> others = requireNonNull(measured.get(Neighbour.HEALTHY));
        return Stream.of(
                        excess("turns", spread(those, others, delays -> p99(delays.turns())), percent),
                        excess("replies", spread(those, others, delays -> p99(delays.replies())), percent))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> excess(String what, Spread spread, int percent) {
        return spread.median() * 100 <= 100 + percent
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "The 99th percentile of %s is %.2f times that beside a healthy neighbour, and --within is %d"
                                + " percent",
                        what,
                        spread.median(),
                        percent));
    }

    private static Spread spread(List<Delays> those, List<Delays> others, ToDoubleFunction<Delays> figure) {
        return Spread.of(IntStream.range(0, those.size())
                .mapToDouble(round -> figure.applyAsDouble(those.get(round)) / figure.applyAsDouble(others.get(round)))
                .toArray());
    }
}
