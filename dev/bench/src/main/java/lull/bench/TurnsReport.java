package lull.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// The outcome of a benchmark of turns as text for people.
final class TurnsReport {

    private TurnsReport() {}

    /// One line on what has just been run.
    static String progress(int perTurn, int round, TurnMaker maker, Comparison.Entry entry) {
        return String.format(
                Locale.ROOT,
                "%2d a turn, %s: %-28s %6.1f CPU s a million, %6.0f messages/s",
                perTurn,
                round == 0 ? "warm-up" : "round " + round,
                maker.label(),
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
        for (TurnMaker maker : comparison.rounds().getFirst().keySet()) {
            Spread cpu = comparison.of(maker, entry -> entry.pass().cpuPerMillion());
            Spread times = comparison.timesLull(maker);
            lines.add(String.format(
                    Locale.ROOT,
                    "%28s %6.1f (%5.1f to %5.1f) %5.2f (%4.2f to %4.2f) %10.0f %14.1f %17.0f",
                    maker.label(),
                    cpu.median(),
                    cpu.least(),
                    cpu.most(),
                    times.median(),
                    times.least(),
                    times.most(),
                    comparison.of(maker, entry -> entry.pass().perSecond()).median(),
                    comparison.of(maker, Comparison.Entry::brokerMicros).median(),
                    comparison
                            .of(maker, entry -> entry.pass().allocatedPerRecord())
                            .median()));
        }
        comparison.remarks().forEach(remark -> lines.add("  " + remark));
        return lines;
    }

    /// What is measured with some number of open turns.
    static String line(OpenTurnsBench.Level level) {
        Pass pass = level.pass();
        return String.format(
                Locale.ROOT,
                "%10d %10d %12.1f %14.0f %14.0f %10.1f %14.0f",
                level.openTurns(),
                level.perTurn(),
                pass.cpuPerMillion(),
                pass.perSecond(),
                pass.allocatedPerRecord(),
                pass.heapBytes() / 1e6,
                pass.heapPerOpenTurn());
    }

    static List<String> levels(List<OpenTurnsBench.Level> levels) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Open turns: as many begin as end while a message's cost is measured");
        lines.add("open turns   messages  CPU s a mill.    messages/s  allocated, B    heap, MB    B a turn");
        levels.forEach(level -> lines.add(line(level)));
        return lines;
    }

    /// How long a start took.
    static String line(RestoreBench.Start start) {
        return String.format(
                Locale.ROOT,
                "after %-16s %6.1f s from the start of the process, %6.1f s of them the application's; %d turns open",
                start.after(),
                start.nanos() / 1e9,
                start.pass().readyNanos() / 1e9,
                start.pass().openTurns());
    }

    static List<String> starts(TurnsPlan plan, List<RestoreBench.Start> starts) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Until it is ready again, after an hour of " + plan.perHour() + " messages a second");
        starts.forEach(start -> lines.add(line(start)));
        return lines;
    }

    /// How late turns came at a rate.
    static String line(DelayBench.Delays delays) {
        return String.format(
                Locale.ROOT,
                "%12s %8d %6d %6d %6d %8.2f %8.2f %8.2f",
                delays.perSecond() == 0 ? "lone" : Integer.toString(delays.perSecond()),
                delays.millis().getTotalCount(),
                delays.millis().getValueAtPercentile(50),
                delays.millis().getValueAtPercentile(99),
                delays.millis().getMaxValue(),
                delays.busy(delays.aggregator()),
                delays.busy(delays.broker()),
                delays.busy(delays.load()));
    }

    /// How late the turn of a burst on one partition came.
    static String line(SilenceBench.Silence silence) {
        return String.format(
                Locale.ROOT,
                "%32s %16s %16s %16s",
                silence.maker().label(),
                late(silence.millis().get(0)),
                late(silence.millis().get(1)),
                late(silence.millis().get(2)));
    }

    private static String late(OptionalLong millis) {
        return millis.isPresent() ? Long.toString(millis.getAsLong()) : "never in 12 s";
    }

    static List<String> silences(List<SilenceBench.Silence> silences) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                "How late the turn of a burst on one partition comes, in ms behind the last message's append and the gap");
        lines.add("   others write to partitions:                all              one             none");
        silences.forEach(silence -> lines.add(line(silence)));
        return lines;
    }

    /// What came of a kill.
    static String line(KillBench.Kill kill) {
        return String.format(
                Locale.ROOT,
                "%32s %12.1f %12.1f %10d %8d %8d %10d",
                kill.maker().label(),
                kill.nanos() / 1e9,
                kill.readNanos() / 1e9,
                kill.messages(),
                kill.lost(),
                kill.doubled(),
                kill.cut());
    }

    static List<String> kills(List<KillBench.Kill> kills) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Killed in the middle of a stream and started again at once");
        lines.add("                                     s until it   s until the          messages            turns");
        lines.add(
                "                                        handles     next turn    written     lost  doubled        cut");
        kills.forEach(kill -> lines.add(line(kill)));
        return lines;
    }

    static List<String> delays(List<DelayBench.Delays> delays) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("How late turns come, in ms behind the last message's append and the gap");
        lines.add("  messages/s    turns    p50    p99    max  processors busy: aggregator, broker, load");
        delays.forEach(one -> lines.add(line(one)));
        return lines;
    }
}
