package lull.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.contract.message.Message;
import lull.contract.turn.Turn;
import org.junit.jupiter.api.Test;

/// Random histories against an oracle. A failure names its seed; [#main(String\[\])] runs from a seed until it is
/// stopped.
final class TurnSimulationTest {

    private static final int HISTORIES = 1_000;

    @Test
    void makesTheTurnsOfTheOracleWhateverHappensAndWhereverItIsRestarted() {
        long first = Long.getLong("lull.simulation.seed", System.nanoTime());
        int holes = 0;
        int duplicates = 0;
        for (long seed = first; seed < first + HISTORIES; seed++) {
            RecordingOutlet seen = check(seed);
            holes += seen.holes;
            duplicates += seen.duplicates;
        }
        // The histories would prove little if what they are for did not happen in them.
        assertThat(holes).as("holes, seed %d", first).isGreaterThan(HISTORIES / 10);
        assertThat(duplicates).as("duplicates, seed %d", first).isGreaterThan(HISTORIES / 10);
    }

    /// Checks one history after the other until it is stopped.
    public static void main(String[] arguments) {
        long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : System.nanoTime();
        for (long seed = first; ; seed++) {
            check(seed);
            if ((seed - first) % 10_000 == 9_999) {
                System.out.println(seed - first + 1 + " histories from seed " + first + " are exact");
            }
        }
    }

    private static RecordingOutlet check(long seed) {
        History history = new History(seed);
        Oracle oracle = new Oracle(history.policy);
        RecordingOutlet straight = new RecordingOutlet();
        RecordingOutlet restarted = new RecordingOutlet();
        MapStore turns = new MapStore();
        MapStore duplicates = new MapStore();
        PartitionTurns uninterrupted = partition(history, new MapStore(), new MapStore(), straight);
        for (int offset = 0; offset < history.log.size(); offset++) {
            History.Entry entry = history.log.get(offset);
            oracle.read(offset, entry);
            History.feed(uninterrupted, offset, entry);
            PartitionTurns fresh = partition(history, turns, duplicates, restarted);
            fresh.restore();
            History.feed(fresh, offset, entry);
        }
        String name = "seed " + seed;
        assertThat(expected(straight.turns)).as(name).isEqualTo(described(oracle.closed));
        assertThat(restarted.bytes).as("restarted, %s", name).isEqualTo(straight.bytes);
        assertThat(turns.size()).as("state left when all has ended, %s", name).isEqualTo(1);
        everyMessageIsInOneTurn(history, straight.turns, name);
        if (history.calm) {
            nothingIsSplitWithinTheGap(history, straight.turns, name);
        }
        return straight;
    }

    private static PartitionTurns partition(History history, MapStore turns, MapStore duplicates, TurnOutlet outlet) {
        return new PartitionTurns(history.policy, turns, duplicates, new TurnWriter("t", 0, history.policy), outlet);
    }

    /// Ids are compared as sets, as items stand in the customer's order and the oracle's ids in the log's.
    private static List<String> expected(List<Turn> turns) {
        return turns.stream()
                .map(turn -> turn.conversation() + " " + turn.id() + " " + turn.cause() + " "
                        + turn.messageIds().stream().sorted().toList())
                .toList();
    }

    private static List<String> described(List<Oracle.Expected> turns) {
        return turns.stream()
                .map(turn -> turn.conversation() + " t-0-" + turn.firstOffset() + " " + turn.cause() + " "
                        + turn.ids().stream().sorted().toList())
                .toList();
    }

    private static void everyMessageIsInOneTurn(History history, List<Turn> turns, String name) {
        Set<String> sent = new HashSet<>();
        messages(history).forEach(message -> sent.add(message.id()));
        List<String> inTurns =
                turns.stream().flatMap(turn -> turn.messageIds().stream()).toList();
        assertThat(inTurns).as(name).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
    }

    private static void nothingIsSplitWithinTheGap(History history, List<Turn> turns, String name) {
        Map<String, String> turnOf = new HashMap<>();
        turns.forEach(turn -> turn.messageIds().forEach(id -> turnOf.put(id, turn.id())));
        Map<String, Message> last = new HashMap<>();
        for (Message message : messages(history)) {
            Message before = last.put(message.conversation().toString(), message);
            if (before == null || before.content().kind().endsTurn()) {
                continue;
            }
            long apart =
                    message.receivedAt().toEpochMilli() - before.receivedAt().toEpochMilli();
            if (apart <= history.policy.turns().gap().toMillis() - 500) {
                assertThat(turnOf.get(message.id()))
                        .as("%s, %s after %d ms", name, message.id(), apart)
                        .isEqualTo(turnOf.get(before.id()));
            }
        }
    }

    private static List<Message> messages(History history) {
        List<Message> messages = new ArrayList<>();
        for (History.Entry entry : history.log) {
            if (entry.record() instanceof Message message) {
                messages.add(message);
            }
        }
        return messages;
    }
}
