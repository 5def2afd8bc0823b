package lull.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// An outcome as text for people.
final class Report {

    private Report() {}

    static List<String> lines(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        head(outcome, lines);
        rates(outcome, lines);
        costs(outcome, lines);
        peers(outcome, lines);
        latencies(outcome, lines);
        check(outcome, lines);
        return lines;
    }

    /// One line on a round that has just been run.
    static String progress(int number, Round round) {
        return String.format(
                Locale.ROOT,
                "Round %d: bare %.0f, reading %.0f, ingress %.0f requests/s",
                number,
                round.of(Target.BARE).perSecond(),
                round.of(Target.READING).perSecond(),
                round.of(Target.INGRESS).perSecond());
    }

    private static void head(Outcome outcome, List<String> lines) {
        Plan plan = outcome.plan();
        lines.add("How fast the ingress takes signed webhooks in, beside two baselines");
        lines.add(outcome.machine());
        lines.add(String.format(
                Locale.ROOT,
                "%d connections, %d rounds of %.1f s for each, after %.1f s of warm-up for each",
                plan.connections(),
                plan.rounds(),
                plan.phase().toMillis() / 1e3,
                plan.warmUp().toMillis() / 1e3));
        if (plan.jfr() != null) {
            lines.add("Flight Recorder was on in the ingress: these figures are not for comparison.");
        }
    }

    private static void rates(Outcome outcome, List<String> lines) {
        lines.add("");
        lines.add("Requests a second, closed loop");
        lines.add("   round       bare    reading    ingress   ingress:bare   ingress:reading");
        int number = 0;
        for (Round round : outcome.rounds()) {
            number++;
            lines.add(rates(Integer.toString(number), figure -> figure.applyAsDouble(round)));
        }
        lines.add(rates("median", figure -> outcome.over(figure).median()));
        lines.add(rates("least", figure -> outcome.over(figure).least()));
        lines.add(rates("most", figure -> outcome.over(figure).most()));
    }

    private static String rates(String label, ToDoubleFunction<ToDoubleFunction<Round>> value) {
        return String.format(
                Locale.ROOT,
                "%8s %10.0f %10.0f %10.0f %14.3f %17.3f",
                label,
                value.applyAsDouble(round -> round.of(Target.BARE).perSecond()),
                value.applyAsDouble(round -> round.of(Target.READING).perSecond()),
                value.applyAsDouble(round -> round.of(Target.INGRESS).perSecond()),
                value.applyAsDouble(round -> round.ratio(Target.INGRESS, Target.BARE)),
                value.applyAsDouble(round -> round.ratio(Target.INGRESS, Target.READING)));
    }

    private static void costs(Outcome outcome, List<String> lines) {
        lines.add("");
        lines.add("A request costs, median of the rounds");
        lines.add("                                     bare    reading    ingress");
        lines.add(costs("bytes allocated by the server", outcome, Measured::allocatedBytes));
        lines.add(costs("CPU of the server, µs", outcome, Measured::cpuMicros));
        lines.add(costs("of the load generator, µs", outcome, Measured::loadMicros));
        lines.add(costs("of the broker, µs", outcome, Measured::brokerMicros));
        lines.add("(allocation: ThreadMXBean.getTotalThreadAllocatedBytes of the server's process, which counts virtual"
                + " threads with their carriers)");
    }

    private static String costs(String label, Outcome outcome, ToDoubleFunction<Measured> cost) {
        return String.format(
                Locale.ROOT,
                "%30s %10.1f %10.1f %10.1f",
                label,
                median(outcome, Target.BARE, cost),
                median(outcome, Target.READING, cost),
                median(outcome, Target.INGRESS, cost));
    }

    private static double median(Outcome outcome, Target target, ToDoubleFunction<Measured> cost) {
        return outcome.over(round -> cost.applyAsDouble(round.of(target))).median();
    }

    private static void peers(Outcome outcome, List<String> lines) {
        if (outcome.plan().peers().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Beside peers; median of the rounds (least to most)");
        lines.add("                     requests/s  CPU of the server, µs  of the broker, µs  allocated, B"
                + "       ingress: requests/s   requests per CPU");
        List<Target> others = new ArrayList<>(List.of(Target.READING));
        outcome.plan().peers().forEach(peer -> others.add(new Target.Other(peer)));
        others.forEach(other -> lines.add(String.format(
                Locale.ROOT,
                "%18s %12.0f %22.1f %18.1f %13.0f %25s %25s",
                other.label(),
                median(outcome, other, Measured::perSecond),
                median(outcome, other, Measured::cpuMicros),
                median(outcome, other, Measured::brokerMicros),
                median(outcome, other, Measured::allocatedBytes),
                spread(outcome.over(round -> round.ratio(Target.INGRESS, other))),
                spread(outcome.over(round -> round.perCpu(Target.INGRESS, other))))));
    }

    private static String spread(Spread spread) {
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", spread.median(), spread.least(), spread.most());
    }

    private static void latencies(Outcome outcome, List<String> lines) {
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Latency in ms at %.0f requests/s, half of what the ingress takes; open loop, counted from when a"
                        + " request was due",
                outcome.latencyRate()));
        lines.add("                         p50       p99     p99.9       max");
        for (Target target : outcome.plan().targets()) {
            LoadResult result = outcome.latencies().get(target);
            if (result != null) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%18s %9.2f %9.2f %9.2f %9.2f",
                        target.label(),
                        result.p50() / 1e6,
                        result.p99() / 1e6,
                        result.p999() / 1e6,
                        result.max() / 1e6));
            }
        }
    }

    private static void check(Outcome outcome, List<String> lines) {
        lines.add("");
        lines.add(outcome.accepted() + " webhooks accepted by the ingress, " + outcome.records()
                + " records on the input topic");
        List<String> flaws = outcome.flaws();
        lines.add(flaws.isEmpty() ? "This run is valid." : "This run is NOT VALID:");
        flaws.forEach(flaw -> lines.add("  " + flaw));
    }
}
