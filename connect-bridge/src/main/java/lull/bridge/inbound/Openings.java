package lull.bridge.inbound;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import lull.bridge.chats.Aliases;
import lull.contract.turn.Turn;

/// Set of the customers for whom a chat is being opened, by their ids, so that two turns of one
/// customer under different ids open only one chat. Safe for several threads.
final class Openings {

    private final Set<String> busy = new HashSet<>();

    /// Enters all ids of a turn's customer. Returns them, for [#leave]; empty if one of them is entered
    /// already.
    synchronized Set<String> enter(Turn turn, Aliases aliases) {
        Set<String> ids = new HashSet<>();
        ids.add(turn.conversation().customer());
        if (!turn.conversation().isGroup()) {
            Aliases.ids(turn.customer()).forEach(ids::add);
            ids.addAll(aliases.before(Set.copyOf(ids)).keySet());
        }
        Set<String> entered = new HashSet<>();
        ids.forEach(id -> entered.add(turn.conversation().businessNumber() + "|" + id));
        if (!Collections.disjoint(busy, entered)) {
            return Set.of();
        }
        busy.addAll(entered);
        return entered;
    }

    synchronized void leave(Set<String> ids) {
        busy.removeAll(ids);
    }
}
