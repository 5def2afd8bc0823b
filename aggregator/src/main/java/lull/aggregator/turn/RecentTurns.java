package lull.aggregator.turn;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Open turns of a partition that have grown lately, so that they are not read from the stores again: what
/// it has is equal to what the stores have. While the budget is exceeded, the turn that has not been used for the
/// longest time is dropped. One stream thread uses it.
final class RecentTurns {

    private static final int FIRST_SIZE = 16;
    private static final float LOAD = 0.75f;

    private final MemoryBudget budget;
    private final Map<String, KnownTurn> byConversation = new LinkedHashMap<>(FIRST_SIZE, LOAD, true);

    RecentTurns(MemoryBudget budget) {
        this.budget = budget;
    }

    @Nullable
    KnownTurn get(String conversation) {
        return byConversation.get(conversation);
    }

    void put(String conversation, KnownTurn turn) {
        free(byConversation.put(conversation, turn));
        budget.add(turn.bytes());
        while (budget.isExceeded() && !byConversation.isEmpty()) {
            Iterator<KnownTurn> eldest = byConversation.values().iterator();
            free(eldest.next());
            eldest.remove();
        }
    }

    void remove(String conversation) {
        free(byConversation.remove(conversation));
    }

    void clear() {
        byConversation.values().forEach(this::free);
        byConversation.clear();
    }

    private void free(@Nullable KnownTurn turn) {
        if (turn != null) {
            budget.add(-turn.bytes());
        }
    }
}
