package lull.aggregator.turn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lull.contract.json.Json;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;

/// A [TurnListener] that remembers.
final class RecordingListener implements TurnListener {

    /// A turn that has ended.
    ///
    /// @param json the turn as it goes to its topic
    /// @param offsets of its messages, in the order of the log
    /// @param now the log's time when it ended
    /// @param by offset of the record that ended it, as far as the outlet was told
    record Closing(Turn turn, String json, List<Long> offsets, long now, long by) {}

    final List<Closing> closings = new ArrayList<>();
    final List<OpenTurn> unwritable = new ArrayList<>();
    int duplicates;
    int joinedLate;
    int holes;

    private long reading;

    /// Tells which record is handled next.
    void reading(long offset) {
        reading = offset;
    }

    /// Forgets all but the first turns.
    void rollBackTo(int count) {
        closings.subList(count, closings.size()).clear();
    }

    @Override
    public void closed(Turn turn, TurnCause cause, OpenTurn was, long now) {
        String json = new String(Json.bytes(turn), StandardCharsets.UTF_8);
        List<Long> offsets = was.frames().stream().map(OpenTurn.Frame::offset).toList();
        closings.add(new Closing(turn, json, offsets, now, reading));
    }

    @Override
    public void unwritable(String conversation, OpenTurn was, UnwritableTurn why) {
        unwritable.add(was);
    }

    @Override
    public void duplicate() {
        duplicates++;
    }

    @Override
    public void joinedLate() {
        joinedLate++;
    }

    @Override
    public void hole() {
        holes++;
    }
}
