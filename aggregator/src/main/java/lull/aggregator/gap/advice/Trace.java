package lull.aggregator.gap.advice;

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
/// @param customer the only sender who is a customer; [#ALL]: each is in turn, and the others are the
///     business
/// @param turns the true turns of customers, each as the places of its lines: lines of one sender with
///     nobody else's and no break between them, and with silences of at most a minute
public record Trace(String id, String source, int customer, List<Line> lines, List<int[]> turns) {

    /// Stands for each sender in turn.
    public static final int ALL = -1;

    /// A message.
    ///
    /// @param at in milliseconds since the first
    /// @param sender 0, 1 and so on, in the order of their first messages
    /// @param isAfterBreak whether something that is no message ended every turn before it
    /// @param endsTurn whether it ended its turn by itself; then the next one is after a break
    public record Line(long at, int sender, MessageShape shape, boolean isAfterBreak, boolean endsTurn) {

        /// Creates a message that did not end its turn by itself.
        public Line(long at, int sender, MessageShape shape, boolean isAfterBreak) {
            this(at, sender, shape, isAfterBreak, false);
        }
    }

    /// Returns a conversation with its true turns, in which each sender is the customer in turn.
    public static Trace of(String id, String source, List<Line> lines) {
        return of(id, source, ALL, lines);
    }

    /// Returns a conversation with the true turns of its customer.
    public static Trace of(String id, String source, int customer, List<Line> lines) {
        List<int[]> turns = turns(lines).stream()
                .filter(turn -> customer == ALL || lines.get(turn[0]).sender() == customer)
                .toList();
        return new Trace(id, source, customer, List.copyOf(lines), turns);
    }

    /// Returns some of its lines as a conversation.
    public Trace part(int from, int to) {
        return of(id, source, customer, lines.subList(from, to));
    }

    /// Whether a line is of a customer.
    public boolean isOfCustomer(Line line) {
        return customer == ALL || line.sender() == customer;
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
