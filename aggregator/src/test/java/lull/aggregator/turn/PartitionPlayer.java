package lull.aggregator.turn;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import lull.aggregator.gap.GapModel;
import lull.aggregator.turn.History.Appended;
import lull.aggregator.turn.History.Committed;
import lull.aggregator.turn.History.Crashed;
import lull.aggregator.turn.History.Step;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.Erasure;
import lull.contract.message.GapModelSetting;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.message.Message;
import lull.contract.message.RouteSetting;
import lull.contract.message.Tick;
import org.jspecify.annotations.Nullable;

/// Plays a history to [PartitionTurns], with stores in memory.
final class PartitionPlayer {

    private final History history;
    private final RecordedEvents events = new RecordedEvents();
    private MapStore turns = new MapStore();
    private MapStore duplicates = new MapStore();
    private PartitionTurns partition;

    private PartitionPlayer(History history) {
        this.history = history;
        this.partition = partition();
    }

    /// Plays the log without a crash, and looks when it commits whether it asks for ticks in time.
    static RecordedEvents straight(History history) {
        PartitionPlayer player = new PartitionPlayer(history);
        long offset = 0;
        long last = 0;
        boolean isBehindProbe = false;
        for (Step step : history.steps()) {
            switch (step) {
                case Appended next -> {
                    player.feed(offset++, next);
                    last = next.at();
                    isBehindProbe = next.record().equals(Tick.PROBE);
                }
                case Committed _ -> {
                    // A tick behind a probe may find a hole, however soon it comes.
                    if (!isBehindProbe) {
                        player.asksInTime(last);
                    }
                }
                case Crashed _ -> {}
            }
        }
        if (player.turns.size() > 1) {
            throw new AssertionError("More state is left than that of the partition");
        }
        return player.events;
    }

    /// Plays the log to a new object at each record.
    static RecordedEvents restartedAtEachRecord(History history) {
        PartitionPlayer player = new PartitionPlayer(history);
        List<Appended> log = history.log().toList();
        for (int offset = 0; offset < log.size(); offset++) {
            player.partition = player.partition();
            player.partition.restore();
            player.feed(offset, log.get(offset));
        }
        return player.events;
    }

    /// Plays all steps. A crash takes back what was not committed, output included, as a transaction does;
    /// what comes after it in the log is read from the last commit on.
    static RecordedEvents crashing(History history) {
        PartitionPlayer player = new PartitionPlayer(history);
        BitSet past = new BitSet();
        Commit commit = new Commit(0, 0, 0, 0, new MapStore(), new MapStore());
        long offset = 0;
        int step = 0;
        while (step < history.steps().size()) {
            int at = step++;
            switch (history.steps().get(at)) {
                case Appended next -> player.feed(offset++, next);
                case Committed _ -> commit = player.commit(step, offset);
                case Crashed crash
                when !past.get(at) -> {
                    past.set(at);
                    player.crash(crash, at, offset);
                    player.rollBackTo(commit, crash.sameObject());
                    step = commit.step();
                    offset = commit.offset();
                }
                case Crashed _ -> {}
            }
        }
        return player.events;
    }

    private record Commit(int step, long offset, int closings, int open, MapStore turns, MapStore duplicates) {}

    private Commit commit(int step, long offset) {
        return new Commit(step, offset, events.closings.size(), partition.open(), turns.copy(), duplicates.copy());
    }

    /// Handles the record that comes next, as far as the crash lets it.
    private void crash(Crashed crash, int step, long offset) {
        turns.failAfter(crash.writes());
        duplicates.failAfter(crash.writes() / 2);
        if (step + 1 < history.steps().size() && history.steps().get(step + 1) instanceof Appended next) {
            try {
                feed(offset, next);
            } catch (MapStore.Full _) {
                // As it was meant.
            }
        }
    }

    private void rollBackTo(Commit commit, boolean sameObject) {
        turns.become(commit.turns());
        duplicates.become(commit.duplicates());
        events.rollBackTo(commit.closings());
        if (!sameObject) {
            partition = partition();
        }
        partition.restore();
        if (partition.open() != commit.open()) {
            throw new AssertionError(commit.open() + " turns were open, and " + partition.open() + " are restored");
        }
    }

    private PartitionTurns partition() {
        // What is kept in memory must not matter: nothing, a few turns, or all.
        MemoryBudget memory = new MemoryBudget(history.steps().size() % 3 * 3_000L);
        return new PartitionTurns(
                history.policy(), turns, duplicates, new TurnWriter("t", 0, history.policy()), memory);
    }

    private void feed(long offset, Appended next) {
        events.reading(offset);
        events.add(eventsOf(offset, next));
    }

    private List<TurnEvent> eventsOf(long offset, Appended next) {
        return switch (next.record()) {
            case Message message ->
                partition.message(
                        message.conversation().toString(),
                        offset,
                        next.at(),
                        ParsedMessage.of(message),
                        next.value(),
                        next.replayed());
            case Tick tick when tick.endsTurns() -> partition.tick(next.at());
            case Tick _ -> {
                partition.probe(next.at());
                yield List.of();
            }
            case GapSetting setting -> partition.setting(next.at(), setting);
            case Answer answer ->
                partition.answer(
                        next.at(),
                        answer.conversation().toString(),
                        answer.sentAt().toEpochMilli());
            case Erasure erasure ->
                partition.erase(next.at(), erasure.conversation().toString());
            case GapRuleSetting setting -> partition.setting(next.at(), setting);
            case RouteSetting setting -> partition.setting(next.at(), setting);
            case GapModelSetting _ -> partition.model(next.at(), model(next.value()));
        };
    }

    private static @Nullable GapModel model(byte[] value) {
        try {
            return ((InputEvent.ModelChanged) InputEvent.of(value)).model();
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    /// A tick at the time that the partition asks for closes a turn, and one a millisecond earlier none.
    ///
    /// @param last append time of the latest record
    private void asksInTime(long last) {
        OptionalLong dueIn = partition.dueIn();
        if (dueIn.isEmpty() != (partition.open() == 0)) {
            throw new AssertionError(partition.open() + " turns are open, and the next is due in " + dueIn);
        }
        if (dueIn.isPresent() && closedByTickAt(last + dueIn.getAsLong() - 1) > 0) {
            throw new AssertionError("A tick would have closed a turn earlier than in " + dueIn.getAsLong() + " ms");
        }
        if (dueIn.isPresent() && closedByTickAt(last + dueIn.getAsLong()) == 0) {
            throw new AssertionError("A tick in " + dueIn.getAsLong() + " ms would have closed nothing");
        }
    }

    private int closedByTickAt(long append) {
        PartitionPlayer copy = new PartitionPlayer(history);
        copy.turns.become(turns);
        copy.duplicates.become(duplicates);
        copy.partition.restore();
        copy.events.add(copy.partition.tick(append));
        return copy.events.closings.size();
    }
}
