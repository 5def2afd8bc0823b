package lull.aggregator.turn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Open turn with what else is known of its conversation. Immutable.
///
/// @param seen what the conversation had seen before the turn, which does not change while it is open
/// @param messages of the turn, in the order of the log; none if they have to be read again
/// @param ids of these messages, hashed by [SeenMessages#hash(String)]
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
record KnownTurn(OpenTurn turn, SeenMessages seen, List<ParsedMessage> messages, long[] ids) {

    private static final long[] NONE = {};

    /// What it needs on the heap besides the bytes of its turn, about.
    private static final int BYTES = 256;

    /// What a message needs that was read, besides its texts, about.
    private static final int MESSAGE_BYTES = 1_024;

    /// Returns a turn that a message has opened.
    static KnownTurn opened(OpenTurn turn, SeenMessages seen, ParsedMessage message, long id) {
        return new KnownTurn(turn, seen, List.of(message), new long[] {id});
    }

    /// Returns a turn whose messages have to be read.
    static KnownTurn unread(OpenTurn turn, SeenMessages seen) {
        return new KnownTurn(turn, seen, List.of(), NONE);
    }

    /// Returns this turn after a message has joined it.
    KnownTurn joined(OpenTurn longer, ParsedMessage message, long id) {
        if (messages.isEmpty()) {
            return unread(longer, seen);
        }
        List<ParsedMessage> all = new ArrayList<>(messages.size() + 1);
        all.addAll(messages);
        all.add(message);
        long[] allIds = Arrays.copyOf(ids, ids.length + 1);
        allIds[ids.length] = id;
        return new KnownTurn(longer, seen, all, allIds);
    }

    /// Returns this turn with other facts about its sender.
    KnownTurn with(OpenTurn other) {
        return new KnownTurn(other, seen, messages, ids);
    }

    /// Whether the turn has a message with this id whose time is not before the given one.
    boolean has(long id, long since) {
        return (messages.isEmpty() || isAmong(id)) && turn.has(id, since);
    }

    private boolean isAmong(long id) {
        for (long known : ids) {
            if (known == id) {
                return true;
            }
        }
        return false;
    }

    /// Returns what it needs on the heap, about.
    int bytes() {
        int read = messages.isEmpty() ? 0 : turn.messageBytes() + messages.size() * MESSAGE_BYTES;
        return BYTES + turn.toBytes().length + seen.toBytes().length + read;
    }
}
