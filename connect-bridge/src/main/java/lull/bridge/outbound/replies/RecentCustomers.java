package lull.bridge.outbound.replies;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lull.bridge.chats.Aliases;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.PhoneForms;
import lull.contract.turn.Turn;
import lull.runtime.BoundedMap;

/// Bounded memory of the conversations of customers who have written to applications, by each of their ids. These
/// customers may have no chat, so that nothing else shows which ids are the same person. Safe for several threads.
public final class RecentCustomers {

    private final Map<String, Heard> byId;

    /// The latest turn of a customer.
    ///
    /// @param at when it ended
    record Heard(ConversationKey conversation, Customer customer, Instant at) {}

    /// @param most the maximum number of ids
    public RecentCustomers(int most) {
        this.byId = new BoundedMap<>(most);
    }

    /// Learns the ids of a turn's customer. Turns may be learned in any order.
    public synchronized void learn(Turn turn) {
        ConversationKey conversation = turn.conversation();
        if (conversation.isGroup()) {
            return;
        }
        Heard heard = new Heard(conversation, turn.customer(), turn.lastReceivedAt());
        ids(conversation, turn.customer()).forEach(id -> {
            Heard before = byId.remove(id);
            byId.put(id, before == null ? heard : later(before, heard));
        });
    }

    /// Returns the latest turn of a customer who has any of these ids.
    synchronized Optional<Heard> find(ConversationKey conversation, Customer customer) {
        return ids(conversation, customer)
                .map(byId::get)
                .flatMap(Stream::ofNullable)
                .reduce(RecentCustomers::later);
    }

    /// Returns the number of ids.
    public synchronized int size() {
        return byId.size();
    }

    private static Heard later(Heard one, Heard other) {
        return other.at().isBefore(one.at()) ? one : other;
    }

    private static Stream<String> ids(ConversationKey conversation, Customer customer) {
        return Stream.concat(Stream.of(conversation.customer()), Aliases.ids(customer))
                .map(PhoneForms::certain)
                .distinct()
                .map(id -> conversation.businessNumber() + "|" + id);
    }
}
