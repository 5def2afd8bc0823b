package lull.bridge.chat;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import org.jspecify.annotations.Nullable;

/// The chats of `connect.chat`, found by contact and by customer. Records of a contact count in the order of
/// their offsets, whatever the order in which they are told. Safe for several threads.
final class ChatIndex {

    private static final Comparator<Chat> BY_TURN =
            Comparator.comparingLong(Chat::openedByOffset).thenComparing(Chat::openedAt);

    private record Entry(@Nullable Chat chat, long offset) {}

    private final Map<String, Entry> byContact = new HashMap<>();

    /// Contacts by `businessNumber|customerId`, for each id of the customer.
    private final Map<String, Set<String>> byCustomer = new HashMap<>();

    /// Takes a record of the topic; no chat stands for a deleted one.
    synchronized void apply(String initialContactId, @Nullable Chat chat, long offset) {
        Entry known = byContact.get(initialContactId);
        if (known != null && known.offset() >= offset) {
            return;
        }
        if (known != null) {
            forget(known);
        }
        if (chat == null) {
            byContact.remove(initialContactId);
            return;
        }
        byContact.put(initialContactId, new Entry(chat, offset));
        for (String id : ids(chat.conversation(), chat.customer())) {
            byCustomer.computeIfAbsent(id, _ -> new HashSet<>()).add(initialContactId);
        }
    }

    synchronized Optional<Chat> byContact(String initialContactId) {
        return Optional.ofNullable(byContact.get(initialContactId)).map(Entry::chat);
    }

    /// The chat that a conversation's turns go to: its latest one where that is open, else an open one of the
    /// same customer under another id, else the latest one though it is over.
    synchronized Optional<Chat> latestOf(ConversationKey conversation, Customer customer) {
        List<Chat> all = ids(conversation, customer).stream()
                .flatMap(id -> byCustomer.getOrDefault(id, Set.of()).stream())
                .distinct()
                .flatMap(contact -> byContact(contact).stream())
                .toList();
        Optional<Chat> own = all.stream()
                .filter(chat -> chat.conversation().equals(conversation))
                .max(BY_TURN);
        if (own.isPresent() && own.get().open()) {
            return own;
        }
        Optional<Chat> other = all.stream().filter(Chat::open).max(Comparator.comparing(Chat::openedAt));
        return other.isPresent() ? other : own;
    }

    /// All chats with a property.
    synchronized List<Chat> all(Predicate<Chat> which) {
        return byContact.values().stream()
                .flatMap(entry -> Stream.ofNullable(entry.chat()))
                .filter(which)
                .toList();
    }

    private void forget(Entry entry) {
        Chat chat = entry.chat();
        if (chat == null) {
            return;
        }
        for (String id : ids(chat.conversation(), chat.customer())) {
            Set<String> contacts = byCustomer.get(id);
            if (contacts != null && contacts.remove(chat.initialContactId()) && contacts.isEmpty()) {
                byCustomer.remove(id);
            }
        }
    }

    private static Collection<String> ids(ConversationKey conversation, Customer customer) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(conversation.toString());
        if (!conversation.isGroup()) {
            Stream.of(customer.userId(), customer.phone())
                    .flatMap(Stream::ofNullable)
                    .filter(id -> !id.isBlank())
                    .forEach(id -> ids.add(conversation.businessNumber() + "|" + id));
        }
        return ids;
    }
}
