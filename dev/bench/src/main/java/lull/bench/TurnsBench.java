package lull.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lull.bench.TurnsPlan.Part;
import lull.runtime.Lifecycle;

/// Measurement of how the aggregator makes turns: what a message costs beside other ways of making
/// turns, what open turns cost, how long a restart takes, and how late turns come.
final class TurnsBench {

    private final TurnsPlan plan;
    private final Consumer<String> progress;

    /// @param progress is told, in lines, what is being done
    TurnsBench(TurnsPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// What came of a run.
    ///
    /// @param flaws why its figures are worth nothing; empty where the run is valid
    record Result(List<String> report, List<String> flaws) {}

    /// Runs it once. Throws where a process does not start or ends, but not where the figures are worth
    /// nothing.
    Result run() throws Exception {
        Lifecycle components = new Lifecycle();
        // Whoever loses patience leaves no data behind.
        Runtime.getRuntime().addShutdownHook(new Thread(components::close, "shutdown"));
        Path recording = plan.jfr();
        if (recording != null) {
            // Pieces are appended to it. Whether it can be written shows now and not in the end.
            Files.write(recording, new byte[0]);
        }
        try (components) {
            progress.accept("Starting the broker ...");
            TurnProcesses processes = new TurnProcesses(components);
            List<String> report = new ArrayList<>(TurnsReport.head(plan, Machine.words()));
            List<String> flaws = new ArrayList<>();
            if (plan.parts().contains(Part.COMPARE)) {
                for (Comparison comparison : new CompareBench(plan, processes, progress).run()) {
                    report.addAll(TurnsReport.lines(comparison));
                    flaws.addAll(comparison.flaws());
                }
            }
            if (plan.parts().contains(Part.OPEN)) {
                report.addAll(TurnsReport.levels(new OpenTurnsBench(plan, processes, progress).run()));
            }
            if (plan.parts().contains(Part.RESTORE)) {
                report.addAll(TurnsReport.starts(plan, new RestoreBench(plan, processes, progress).run()));
            }
            if (plan.parts().contains(Part.DELAY)) {
                List<DelayBench.Delays> delays = new DelayBench(plan, processes, progress).run();
                report.addAll(TurnsReport.delays(delays));
                delays.stream()
                        .filter(one -> one.missing() > 0)
                        .forEach(one -> flaws.add(one.missing() + " turns did not come at " + one.perSecond()));
            }
            if (plan.parts().contains(Part.SILENCE)) {
                report.addAll(TurnsReport.silences(new SilenceBench(plan, processes, progress).run()));
            }
            if (plan.parts().contains(Part.KILL)) {
                List<KillBench.Kill> kills = new KillBench(plan, processes, progress).run();
                report.addAll(TurnsReport.kills(kills));
                kills.stream()
                        .filter(kill -> kill.maker().equals(TurnMaker.LULL))
                        .filter(kill -> kill.lost() + kill.doubled() + kill.cut() > 0)
                        .forEach(kill -> flaws.add("lull did not make the same turns after a kill"));
            }
            report.add("");
            report.add(flaws.isEmpty() ? "This run is valid." : "This run is NOT VALID:");
            flaws.forEach(flaw -> report.add("  " + flaw));
            return new Result(report, flaws);
        }
    }
}
