package lull.bridge.chats;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lull.contract.Customer;
import lull.contract.message.CustomerAlias;
import org.jspecify.annotations.Nullable;

/// Cache of the customer ids that have replaced others, from `whatsapp.customer.alias`. Safe for
/// several threads.
///
/// A phone number is given to another person after a while. A change therefore applies only to messages
/// that were sent before it: a message from the old number after the change is from somebody else.
public final class Aliases {

    /// How much later than a change WhatsApp may deliver messages that were sent before it.
    private static final Duration LATE = Duration.ofHours(1);

    /// Maximum number of changes of ids that are followed for a customer.
    private static final int MOST = 100;

    private final Map<String, CustomerAlias> next = new HashMap<>();
    private final Map<String, Set<String>> previous = new HashMap<>();

    /// Applies a record of the topic; of several records for an old id the last counts. A null alias is
    /// a deleted record.
    public synchronized void apply(String oldId, @Nullable CustomerAlias alias) {
        CustomerAlias before = alias == null ? next.remove(oldId) : next.put(oldId, alias);
        if (before != null) {
            previous.computeIfPresent(before.newId(), (_, ids) -> {
                ids.remove(oldId);
                return ids.isEmpty() ? null : ids;
            });
        }
        if (alias != null) {
            previous.computeIfAbsent(alias.newId(), _ -> new HashSet<>()).add(oldId);
        }
    }

    /// Returns the ids that these ids have replaced, directly or not, each with the time when it was
    /// replaced.
    public synchronized Map<String, Instant> before(Iterable<String> ids) {
        Map<String, Instant> found = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>();
        ids.forEach(open::add);
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty() && found.size() < MOST) {
            for (String old : previous.getOrDefault(open.remove(), Set.of())) {
                CustomerAlias change = next.get(old);
                if (change != null && seen.add(old)) {
                    found.put(old, change.receivedAt());
                    open.add(old);
                }
            }
        }
        return found;
    }

    /// Returns the present id of the customer who wrote under an id.
    ///
    /// @param heardAt when the customer wrote; a change long before that is not about this customer
    synchronized String now(String id, Instant heardAt) {
        String current = id;
        Instant since = heardAt.minus(LATE);
        for (int step = 0; step < MOST; step++) {
            CustomerAlias change = next.get(current);
            if (change == null || change.receivedAt().isBefore(since)) {
                return current;
            }
            since = change.receivedAt();
            current = change.newId();
        }
        return current;
    }

    /// Returns the present address of a customer.
    ///
    /// @param heardAt when the customer wrote under the ids that are known
    public Customer now(Customer customer, Instant heardAt) {
        String phone = customer.phone();
        String userId = customer.userId();
        String newPhone = phone == null ? null : now(phone, heardAt);
        String newUserId = userId == null ? null : now(userId, heardAt);
        boolean isOtherUser = newUserId != null && !newUserId.equals(userId);
        if (isOtherUser && phone != null && phone.equals(newPhone)) {
            // WhatsApp renews the user id with the phone number: if it does not report the new number,
            // the old one is invalid.
            newPhone = null;
        }
        return new Customer(newUserId, newPhone, customer.name(), customer.parentUserId(), customer.username());
    }

    /// Whether a chat with its last message under an id belongs to the customer for whom the id was
    /// replaced.
    static boolean isSame(Instant lastHeard, Instant replacedAt) {
        return !lastHeard.isAfter(replacedAt.plus(LATE));
    }

    /// Returns the ids of a customer.
    public static Stream<String> ids(Customer customer) {
        return Stream.of(Optional.ofNullable(customer.userId()), Optional.ofNullable(customer.phone()))
                .flatMap(Optional::stream)
                .filter(id -> !id.isBlank());
    }
}
