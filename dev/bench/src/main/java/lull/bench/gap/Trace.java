package lull.bench.gap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.Sender;

/// A recorded conversation, without its texts.
///
/// @param id of the conversation
/// @param source where it was recorded: conversations of one source are those of one business
/// @param turns the true turns, each as the places of its lines: lines of one sender with nobody else's and
///     no break between them, and with silences of at most a minute
record Trace(String id, String source, List<Line> lines, List<int[]> turns) {

    /// A message.
    ///
    /// @param at in milliseconds since the first
    /// @param sender 0, 1 and so on, in the order of their first messages
    /// @param isAfterBreak whether something that is no message ended every turn before it
    record Line(long at, int sender, MessageShape shape, boolean isAfterBreak) {}

    static Trace of(String id, String source, List<Line> lines) {
        return new Trace(id, source, List.copyOf(lines), turns(lines));
    }

    private static List<int[]> turns(List<Line> lines) {
        List<List<Integer>> turns = new ArrayList<>();
        Map<Integer, List<Integer>> open = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.isAfterBreak()) {
                open.clear();
            } else {
                open.keySet().retainAll(List.of(line.sender()));
            }
            List<Integer> turn = open.get(line.sender());
            if (turn == null || line.at() - lines.get(turn.getLast()).at() > Sender.TURN_MILLIS) {
                turn = new ArrayList<>();
                turns.add(turn);
                open.put(line.sender(), turn);
            }
            turn.add(i);
        }
        return turns.stream()
                .map(turn -> turn.stream().mapToInt(place -> place).toArray())
                .toList();
    }
}
