package lull.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lull.bench.peer.Work;
import lull.contract.topic.Topic;

/// Measurement of how long it takes until an aggregator handles messages again: after an orderly restart and
/// after a kill, with the messages of an hour behind it and turns open.
final class RestoreBench {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(100);
    private static final int MOST_OPEN_TURNS = 10_000;
    private static final Duration AHEAD = Duration.ofMinutes(2);

    private final TurnsPlan plan;
    private final TurnProcesses processes;
    private final Consumer<String> progress;

    RestoreBench(TurnsPlan plan, TurnProcesses processes, Consumer<String> progress) {
        this.plan = plan;
        this.processes = processes;
        this.progress = progress;
    }

    /// One start.
    ///
    /// @param after what it was started after, in words
    /// @param nanos from the start of the process until it was ready
    /// @param pass what it told then
    record Start(String after, long nanos, Pass pass) {}

    List<Start> run() throws Exception {
        long openTurns = Math.min(MOST_OPEN_TURNS, plan.perHour() * LONGEST_GAP.toSeconds());
        int messages = Math.toIntExact(plan.perHour() * HOUR.toSeconds());
        Bursts bursts = new Bursts(1, messages, plan.perHour());
        Duration gap = bursts.gapFor(openTurns);
        String input = processes.nextRound() + "-hour";
        processes.log().create(input, Topic.Stamped.BY_PRODUCER);
        processes.log().createOutput("turns-of-" + input);
        progress.accept("Writing an hour of " + messages + " messages ...");
        processes.log().write(input, bursts, messages, false, Instant.now().plus(AHEAD), gap);
        Work hour = new Work(input, input, "turns-of-" + input, gap, 0, messages, false);
        Work nothing = new Work(input, input, hour.output(), gap, 0, 0, false);
        Child first = processes.start(TurnForm.LULL, "hour");
        first.run(hour);
        first.stop();
        first.close();
        List<Start> starts = new ArrayList<>();
        starts.add(start("an orderly stop", nothing));
        starts.add(start("a kill", nothing));
        return starts;
    }

    /// Starts it and kills it when it is ready.
    private Start start(String after, Work work) throws Exception {
        long began = System.nanoTime();
        Child application = processes.start(TurnForm.LULL, "hour");
        Pass pass = application.run(work);
        Start start = new Start(after, System.nanoTime() - began, pass);
        application.kill();
        progress.accept(TurnsReport.line(start));
        return start;
    }
}
