package lull.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The outcome of a benchmark of turns as text for people.
final class TurnsReport {

    private TurnsReport() {}

    /// One line on what has just been run.
    static String progress(int perTurn, int round, TurnForm form, Comparison.Entry entry) {
        return String.format(
                Locale.ROOT,
                "%2d a turn, %s: %-28s %6.1f CPU s a million, %6.0f messages/s",
                perTurn,
                round == 0 ? "warm-up" : "round " + round,
                form.label(),
                entry.pass().cpuPerMillion(),
                entry.pass().perSecond());
    }

    static List<String> head(TurnsPlan plan, String machine) {
        List<String> lines = new ArrayList<>();
        lines.add("How the aggregator makes turns");
        lines.add(machine);
        if (plan.jfr() != null) {
            lines.add("Flight Recorder was on in the aggregator: these figures are not for comparison.");
        }
        return lines;
    }

    static List<String> lines(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%d %s a turn, %d rounds: median (least to most)",
                comparison.perTurn(),
                comparison.perTurn() == 1 ? "message" : "messages",
                comparison.rounds().size()));
        lines.add("                               CPU s a million          times lull         messages/s   broker CPU s"
                + "   bytes a message");
        for (TurnForm form : TurnForm.values()) {
            Spread cpu = comparison.of(form, entry -> entry.pass().cpuPerMillion());
            Spread times = comparison.timesLull(form);
            lines.add(String.format(
                    Locale.ROOT,
                    "%28s %6.1f (%5.1f to %5.1f) %5.2f (%4.2f to %4.2f) %10.0f %14.1f %17.0f",
                    form.label(),
                    cpu.median(),
                    cpu.least(),
                    cpu.most(),
                    times.median(),
                    times.least(),
                    times.most(),
                    comparison.of(form, entry -> entry.pass().perSecond()).median(),
                    comparison.of(form, Comparison.Entry::brokerMicros).median(),
                    comparison
                            .of(form, entry -> entry.pass().allocatedPerRecord())
                            .median()));
        }
        return lines;
    }
}
