package lull.aggregator.turn;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Index of the open turns of a partition by deadline and first offset, which says which one is due
/// next. Kept in memory and rebuilt from the store. One stream thread uses it.
///
/// Most messages only postpone a deadline. This costs nothing until the turn reaches the head of the
/// index; there it is moved to its true place before it is returned. So every result of the index is
/// exact.
final class DeadlineIndex {

    private static final Comparator<Entry> ORDER =
            Comparator.<Entry>comparingLong(entry -> entry.armedFor).thenComparingLong(entry -> entry.firstOffset);

    private final Map<String, Entry> byConversation = new HashMap<>();
    private final TreeSet<Entry> armed = new TreeSet<>(ORDER);

    private static final class Entry {
        final String conversation;
        final long firstOffset;
        long deadline;
        long armedFor;

        Entry(String conversation, long firstOffset, long deadline) {
            this.conversation = conversation;
            this.firstOffset = firstOffset;
            this.deadline = deadline;
            this.armedFor = deadline;
        }
    }

    /// Adds a turn, or updates its deadline.
    void put(String conversation, OpenTurn turn) {
        Entry entry = byConversation.get(conversation);
        if (entry != null && entry.firstOffset == turn.firstOffset()) {
            entry.deadline = turn.deadline();
            if (entry.deadline < entry.armedFor) {
                rearm(entry);
            }
            return;
        }
        remove(conversation);
        Entry fresh = new Entry(conversation, turn.firstOffset(), turn.deadline());
        byConversation.put(conversation, fresh);
        armed.add(fresh);
    }

    /// Whether a conversation has an open turn.
    boolean has(String conversation) {
        return byConversation.containsKey(conversation);
    }

    void remove(String conversation) {
        Entry entry = byConversation.remove(conversation);
        if (entry != null) {
            armed.remove(entry);
        }
    }

    void clear() {
        byConversation.clear();
        armed.clear();
    }

    int size() {
        return byConversation.size();
    }

    /// The earliest deadline; `Long.MAX_VALUE` if no turn is open.
    long earliest() {
        Entry head = head();
        return head == null ? Long.MAX_VALUE : head.deadline;
    }

    /// Returns the conversation whose turn is due next, if its deadline is before the given time.
    @Nullable
    String dueBefore(long time) {
        Entry head = head();
        return head != null && head.deadline < time ? head.conversation : null;
    }

    private @Nullable Entry head() {
        while (!armed.isEmpty()) {
            Entry head = armed.first();
            if (head.armedFor == head.deadline) {
                return head;
            }
            rearm(head);
        }
        return null;
    }

    private void rearm(Entry entry) {
        armed.remove(entry);
        entry.armedFor = entry.deadline;
        armed.add(entry);
    }
}
