package lull.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lull.bench.BridgeBench.Measurement;

/// The outcome of a benchmark of the bridge as text for people.
final class BridgeReport {

    private BridgeReport() {}

    /// One line on what has just been measured.
    static String line(Measurement one) {
        String rate = one.perSecond() == 0 ? "backlog" : Integer.toString(one.perSecond());
        String delays = one.perSecond() == 0
                ? String.format(Locale.ROOT, "%9s %9s %9s", "", "", "")
                : String.format(
                        Locale.ROOT,
                        "%9.1f %9.1f %9.1f",
                        one.micros().getValueAtPercentile(50) / 1e3,
                        one.micros().getValueAtPercentile(99) / 1e3,
                        one.micros().getMaxValue() / 1e3);
        return String.format(
                Locale.ROOT,
                "%9d %9s %9.0f %s %9.2f %11.0f",
                one.latency(),
                rate,
                one.turns() * 1e9 / one.nanos(),
                delays,
                one.calls(),
                one.bridge().cpuNanos() / 1e3 / Math.max(1, one.turns()));
    }

    static List<String> lines(BridgePlan plan, String machine, List<Measurement> measurements, List<String> flaws) {
        List<String> lines = new ArrayList<>();
        lines.add("How the bridge hands turns to Amazon Connect");
        lines.add(machine);
        lines.add(String.format(
                Locale.ROOT,
                "%d conversations with open chats, %d s at each rate, backlogs of %d turns",
                plan.conversations(),
                plan.seconds(),
                plan.backlog()));
        lines.add("");
        lines.add(
                "Turns of one text; delay in ms from when a turn was due until Connect had accepted it, without Connect's"
                        + " latency");
        lines.add("  latency      rate   turns/s       p50       p99       max     calls   CPU, µs");
        measurements.forEach(one -> lines.add(line(one)));
        lines.add("");
        lines.add(flaws.isEmpty() ? "This run is valid." : "This run is NOT VALID:");
        flaws.forEach(flaw -> lines.add("  " + flaw));
        return lines;
    }
}
