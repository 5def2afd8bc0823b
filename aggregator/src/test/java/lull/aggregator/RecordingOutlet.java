package lull.aggregator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lull.contract.json.Json;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;

/// A [TurnOutlet] that remembers.
final class RecordingOutlet implements TurnOutlet {

    final List<Turn> turns = new ArrayList<>();
    final List<String> bytes = new ArrayList<>();
    int duplicates;
    int holes;

    @Override
    public void closed(Turn turn, TurnCause cause, OpenTurn was, long now) {
        turns.add(turn);
        bytes.add(new String(Json.bytes(turn), StandardCharsets.UTF_8));
    }

    @Override
    public void duplicate() {
        duplicates++;
    }

    @Override
    public void joinedLate() {}

    @Override
    public void hole() {
        holes++;
    }
}
