package lull.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The outcome of a benchmark of lanes as text for people.
final class LanesReport {

    private LanesReport() {}

    /// One line on what has just been measured.
    static String progress(int millis, int round, LaneMaker form, LanePass pass) {
        return String.format(
                Locale.ROOT,
                "%d ms, round %d, %s: %.0f messages/s, %.1f µs of CPU",
                millis,
                round,
                form.label(),
                pass.perSecond(),
                pass.cpuMicros());
    }

    /// One line on a form that was killed.
    static String line(LanesBench.Killed one) {
        return String.format(
                Locale.ROOT,
                "%18s %14d %8d %15d %14d",
                one.form().label(),
                one.before(),
                one.verdict().lost(),
                one.verdict().twice(),
                one.verdict().disordered());
    }

    static List<String> lines(
            LanesPlan plan,
            String machine,
            List<LanesBench.Series> all,
            List<LanesBench.Killed> killed,
            List<String> flaws,
            List<String> wrongs) {
        List<String> lines = new ArrayList<>();
        lines.add("How fast lanes handle records in order per key");
        lines.add(machine);
        lines.add(String.format(
                Locale.ROOT,
                "%d keys, %d records at a time, %d rounds after one that does not count",
                plan.keys(),
                LanesPlan.SLOTS,
                plan.rounds()));
        if (plan.jfr() != null) {
            lines.add("Flight Recorder was on in the lanes: these figures are not for comparison.");
        }
        all.forEach(series -> lines.addAll(table(plan, series)));
        if (!killed.isEmpty()) {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    "Killed in the middle of %d messages that take %d ms each, and started again",
                    plan.killed(),
                    LanesPlan.HANDLING_BEFORE_KILL.toMillis()));
            lines.add("                   handled before     lost   handled twice   out of order");
            killed.forEach(one -> lines.add(line(one)));
        }
        if (!wrongs.isEmpty()) {
            lines.add("");
            lines.add("What peers did wrong:");
            wrongs.forEach(wrong -> lines.add("  " + wrong));
        }
        lines.add("");
        lines.add(flaws.isEmpty() ? "This run is valid." : "This run is NOT VALID:");
        flaws.forEach(flaw -> lines.add("  " + flaw));
        return lines;
    }

    private static List<String> table(LanesPlan plan, LanesBench.Series series) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Handling takes %d ms, %d messages; median of the rounds (minimum to maximum)",
                series.millis(),
                series.messages()));
        lines.add("                              messages/s                 CPU, µs  allocated, B"
                + "    lanes: messages/s      messages per CPU");
        for (LaneMaker form : plan.forms()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%18s %s %s %13.0f %s %s",
                    form.label(),
                    spread(series.of(form, LanePass::perSecond), 0, 7),
                    spread(series.of(form, LanePass::cpuMicros), 1, 6),
                    series.of(form, LanePass::allocated).median(),
                    spread(series.times(form, LanePass::perSecond), 2, 5),
                    spread(series.times(form, pass -> 1 / pass.cpuMicros()), 2, 5)));
        }
        return lines;
    }

    private static String spread(Spread spread, int digits, int width) {
        String figure = "%" + width + "." + digits + "f";
        return String.format(
                Locale.ROOT,
                figure + " (" + figure + " to " + figure + ")",
                spread.median(),
                spread.least(),
                spread.most());
    }
}
