package lull.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import lull.bench.peer.Work;
import lull.contract.topic.Topic;

/// Trial of what an application does when it is killed in the middle of a stream and started again at
/// once: which messages are in no turn or in several, and how long it takes.
final class KillBench {

    private static final Duration GAP = Duration.ofSeconds(2);
    private static final Duration STREAM = Duration.ofSeconds(30);
    private static final Duration UNTIL_KILL = Duration.ofSeconds(10);
    // Longer than the transaction of a killed producer lasts.
    private static final Duration PATIENCE = Duration.ofSeconds(75);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int PER_TURN = 4;
    private static final int PER_SECOND = 200;

    private final TurnsPlan plan;
    private final TurnProcesses processes;
    private final Consumer<String> progress;

    KillBench(TurnsPlan plan, TurnProcesses processes, Consumer<String> progress) {
        this.plan = plan;
        this.processes = processes;
        this.progress = progress;
    }

    /// What came of a kill.
    ///
    /// @param nanos from the start of the second process until it handled a message
    /// @param readNanos from the kill until the next turn could be read
    /// @param messages that were written
    /// @param lost messages in no turn
    /// @param doubled messages in more than one turn
    /// @param cut turns whose messages are all in one turn each, but not in the same one
    record Kill(TurnMaker maker, long nanos, long readNanos, int messages, int lost, int doubled, int cut) {}

    List<Kill> run() throws Exception {
        List<Kill> kills = new ArrayList<>();
        for (TurnMaker maker : plan.tried()) {
            Kill kill = kill(maker);
            kills.add(kill);
            progress.accept(TurnsReport.line(kill));
        }
        return kills;
    }

    private Kill kill(TurnMaker maker) throws Exception {
        String input = processes.nextRound() + "-kill";
        String output = "turns-of-" + input;
        processes.log().create(input, Topic.Stamped.BY_BROKER);
        processes.log().createOutput(output);
        Bursts bursts = new Bursts(PER_TURN, Math.toIntExact(STREAM.toSeconds() * PER_SECOND / PER_TURN), PER_SECOND);
        Map<Integer, List<String>> said = new TreeMap<>();
        String name = "kill-" + maker.word();
        Child first = processes.start(maker, name);
        first.run(new Work(input, input, output, GAP, 0, 0, false));
        try (TurnsReceived received = new TurnsReceived(processes.bootstrapServers(), output)) {
            Thread stream = Thread.ofPlatform().name("stream").daemon().start(() -> write(bursts, input, said));
            LockSupport.parkNanos(UNTIL_KILL.toNanos());
            first.kill();
            long killedMillis = System.currentTimeMillis();
            long began = System.nanoTime();
            try (Child second = processes.start(maker, name)) {
                second.run(new Work(input, input, output, GAP, 0, 1, false));
                long nanos = System.nanoTime() - began;
                stream.join();
                List<List<String>> turns = turns(received, input, bursts.turns());
                long readMillis = received.firstAfter(killedMillis) - killedMillis;
                second.stop();
                return verdict(maker, nanos, Duration.ofMillis(readMillis).toNanos(), said.values(), turns);
            }
        }
    }

    private void write(Bursts bursts, String input, Map<Integer, List<String>> said) {
        long began = System.nanoTime();
        bursts.forEach(true, due -> {
            LockSupport.parkNanos(Math.max(0, began + due.atNanos() - System.nanoTime()));
            processes.log().send(processes.log().say(input, due.turn()), (_, _) -> {});
            said.computeIfAbsent(due.turn(), _ -> new ArrayList<>())
                    .add(processes.log().lastId());
        });
    }

    /// The message ids of each turn, when all are there or none has come for some time.
    private List<List<String>> turns(TurnsReceived received, String input, int expected) {
        LockSupport.parkNanos(GAP.toNanos());
        List<List<String>> turns = List.of();
        for (long until = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < until; ) {
            // For those that know no other time than that of records.
            processes.log().nudge(input);
            LockSupport.parkNanos(LOOK.toNanos());
            List<List<String>> now = received.messageIds();
            if (now.size() > turns.size()) {
                until = System.nanoTime() + (now.size() < expected ? PATIENCE : LOOK.multipliedBy(10)).toNanos();
                turns = now;
            }
        }
        return turns;
    }

    /// Compares what was said with the turns that it has become.
    static Kill verdict(
            TurnMaker maker, long nanos, long readNanos, Iterable<List<String>> said, List<List<String>> turns) {
        Map<String, Integer> times = new HashMap<>();
        turns.forEach(turn -> turn.forEach(id -> times.merge(id, 1, Integer::sum)));
        Set<List<String>> whole = new HashSet<>(turns);
        int messages = 0;
        int lost = 0;
        int doubled = 0;
        int cut = 0;
        for (List<String> turn : said) {
            messages += turn.size();
            int missing =
                    (int) turn.stream().filter(id -> !times.containsKey(id)).count();
            int repeated = (int)
                    turn.stream().filter(id -> times.getOrDefault(id, 0) > 1).count();
            lost += missing;
            doubled += repeated;
            if (missing == 0 && repeated == 0 && !whole.contains(turn)) {
                cut++;
            }
        }
        return new Kill(maker, nanos, readNanos, messages, lost, doubled, cut);
    }
}
