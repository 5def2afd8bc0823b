package lull.aggregator.turn;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.turn.GapDecision;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;

/// All that came of the records of a partition.
final class RecordedEvents {

    /// A turn that has ended.
    ///
    /// @param json the turn as it goes to its topic
    /// @param offsets of its messages, in the order of the log
    /// @param now the log's time when it ended
    /// @param by offset of the record that ended it, as far as was told
    record Closing(Turn turn, String json, List<Long> offsets, long now, long by) {}

    final List<Closing> closings = new ArrayList<>();
    final List<OpenTurn> unwritable = new ArrayList<>();
    final List<TurnEvent.Expected> expected = new ArrayList<>();
    int duplicates;
    int joinedLate;
    int holes;
    int cuts;
    int misrouted;
    final Map<GapDecision.By, Integer> decisions = new EnumMap<>(GapDecision.By.class);

    private long reading;

    /// Tells which record is handled next.
    void reading(long offset) {
        reading = offset;
    }

    /// Forgets all but the first turns.
    void rollBackTo(int count) {
        closings.subList(count, closings.size()).clear();
    }

    void add(List<TurnEvent> events) {
        events.forEach(this::add);
    }

    private void add(TurnEvent event) {
        switch (event) {
            case TurnEvent.Closed(Turn turn, TurnCause _, OpenTurn was, long now) -> {
                String json = new String(Json.bytes(turn), StandardCharsets.UTF_8);
                List<Long> offsets =
                        was.frames().stream().map(OpenTurn.Frame::offset).toList();
                closings.add(new Closing(turn, json, offsets, now, reading));
            }
            case TurnEvent.Unwritable(String _, OpenTurn was, String _) -> unwritable.add(was);
            case TurnEvent.Expected expected -> this.expected.add(expected);
            case TurnEvent.Duplicate _ -> duplicates++;
            case TurnEvent.JoinedLate _ -> joinedLate++;
            case TurnEvent.Hole _ -> holes++;
            case TurnEvent.Cut _ -> cuts++;
            case TurnEvent.Judged(GapDecision.By by, Duration _) -> decisions.merge(by, 1, Integer::sum);
            case TurnEvent.Misrouted _ -> misrouted++;
        }
    }
}
