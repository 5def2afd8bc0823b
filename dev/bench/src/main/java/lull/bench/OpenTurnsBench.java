package lull.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lull.bench.peer.Work;
import lull.contract.topic.Topic;

/// Measurement of what open turns cost the aggregator: its heap, and what a message costs where as many turns
/// begin as end. One process does it all; a first pass with the last number of turns warms it up and does not
/// count.
final class OpenTurnsBench {

    private static final Duration GAP = Duration.ofSeconds(60);
    private static final Duration AHEAD = Duration.ofMinutes(30);

    private final TurnsPlan plan;
    private final TurnProcesses processes;
    private final Consumer<String> progress;

    OpenTurnsBench(TurnsPlan plan, TurnProcesses processes, Consumer<String> progress) {
        this.plan = plan;
        this.processes = processes;
        this.progress = progress;
    }

    /// What was measured with so many open turns.
    record Level(int perTurn, int openTurns, Pass pass) {}

    /// Each number of turns of one message; then, with as many messages as the middle one has four times, turns of
    /// more.
    List<Level> run() throws Exception {
        Child application = processes.start(TurnForm.LULL, "open");
        List<Integer> sizes = plan.openTurns();
        measure(application, 1, sizes.getLast());
        List<Level> levels = new ArrayList<>();
        for (int openTurns : sizes) {
            levels.add(measure(application, 1, openTurns));
        }
        int middle = sizes.get(sizes.size() / 2);
        for (int perTurn : List.of(4, 16)) {
            levels.add(measure(application, perTurn, 4 * middle / perTurn));
        }
        application.close();
        return levels;
    }

    private Level measure(Child application, int perTurn, int openTurns) throws Exception {
        String input = processes.nextRound() + "-open";
        int turns = openTurns + plan.messages() / perTurn;
        Bursts bursts = Bursts.open(perTurn, turns, openTurns, GAP);
        Work work = new Work(
                input,
                input,
                "turns-of-" + input,
                GAP,
                bursts.messagesBefore(openTurns),
                bursts.messagesBefore(turns),
                true);
        processes.log().create(input, Topic.Stamped.BY_PRODUCER);
        processes.log().createOutput(work.output());
        processes.log().write(input, bursts, turns, false, Instant.now().plus(AHEAD), GAP);
        Level level = new Level(perTurn, openTurns, application.run(work));
        application.stop();
        processes.log().forget(input);
        processes.log().delete(input);
        processes.log().delete(work.output());
        progress.accept(TurnsReport.line(level));
        return level;
    }
}
