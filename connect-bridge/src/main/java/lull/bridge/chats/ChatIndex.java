package lull.bridge.chats;

import java.time.Instant;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.PhoneForms;
import lull.contract.chat.Chat;
import org.jspecify.annotations.Nullable;

/// Index of the chats of `connect.chat` by contact and by customer. Records of a contact count in the
/// order of their offsets, in whatever order they are applied. Safe for several threads.
final class ChatIndex {

    private static final Comparator<Chat> BY_TURN =
            Comparator.comparingLong(Chat::openedByOffset).thenComparing(Chat::openedAt);

    private record Entry(@Nullable Chat chat, long offset) {}

    private final Aliases aliases;

    private final Map<String, Entry> byContact = new HashMap<>();

    /// Contacts by `businessNumber|customerId`, for each id of the customer; a phone number in the form that
    /// [PhoneForms#certain(String)] gives it.
    private final Map<String, Set<String>> byCustomer = new HashMap<>();

    /// @param aliases cache of the customer ids that have replaced others
    ChatIndex(Aliases aliases) {
        this.aliases = aliases;
    }

    /// Applies a record of the topic; a null chat is a deleted record.
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
        for (String id : keys(chat)) {
            byCustomer.computeIfAbsent(id, _ -> new HashSet<>()).add(initialContactId);
        }
    }

    synchronized Optional<Chat> byContact(String initialContactId) {
        return Optional.ofNullable(byContact.get(initialContactId)).map(Entry::chat);
    }

    /// Returns the chat that a conversation's turns go to: its latest one if that is open, otherwise an
    /// open one of the same customer under another id, otherwise the latest one although it is over.
    ///
    /// @param saidAt when the customer wrote under these ids; what has replaced them since is the same customer
    synchronized Optional<Chat> latestOf(ConversationKey conversation, Customer customer, Instant saidAt) {
        List<Chat> all = all(conversation, customer, saidAt).toList();
        Optional<Chat> own = all.stream()
                .filter(chat -> chat.conversation().equals(conversation))
                .max(BY_TURN);
        if (own.isPresent() && own.get().open()) {
            return own;
        }
        Optional<Chat> other = all.stream().filter(Chat::open).max(Comparator.comparing(Chat::openedAt));
        return other.isPresent() ? other : own;
    }

    /// Returns the chat, open or over, in which a customer last wrote under any id.
    synchronized Optional<Chat> lastHeard(ConversationKey conversation, Customer customer, Instant saidAt) {
        return all(conversation, customer, saidAt)
                .max(Comparator.comparing(Chat::open).thenComparing(Chat::heardAt));
    }

    /// Returns the chats of a customer: those under the same ids, under ids that these have replaced,
    /// and under ids that have replaced these.
    private Stream<Chat> all(ConversationKey conversation, Customer customer, Instant saidAt) {
        Collection<String> ids = ids(conversation, customer);
        Stream<Chat> same = ids.stream().flatMap(this::chats);
        String prefix = conversation.businessNumber() + "|";
        List<String> bare = conversation.isGroup()
                ? List.of()
                : ids.stream().map(id -> id.substring(prefix.length())).toList();
        Stream<Chat> before = aliases.before(bare).entrySet().stream()
                .flatMap(old ->
                        chats(prefix + old.getKey()).filter(chat -> Aliases.isSame(chat.heardAt(), old.getValue())));
        Stream<Chat> after = bare.stream().map(id -> aliases.now(id, saidAt)).flatMap(id -> chats(prefix + id));
        return Stream.of(same, before, after).flatMap(chats -> chats).distinct();
    }

    private Stream<Chat> chats(String id) {
        return byCustomer.getOrDefault(key(id), Set.of()).stream().flatMap(contact -> byContact(contact).stream());
    }

    /// Returns all chats that match a predicate.
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
        for (String id : keys(chat)) {
            Set<String> contacts = byCustomer.get(id);
            if (contacts != null && contacts.remove(chat.initialContactId()) && contacts.isEmpty()) {
                byCustomer.remove(id);
            }
        }
    }

    private static Set<String> keys(Chat chat) {
        return ids(chat).stream().map(ChatIndex::key).collect(Collectors.toSet());
    }

    private static String key(String id) {
        int end = id.indexOf('|') + 1;
        return id.substring(0, end) + PhoneForms.certain(id.substring(end));
    }

    private static Collection<String> ids(Chat chat) {
        Collection<String> ids = ids(chat.conversation(), chat.customer());
        chat.formerIds().forEach(id -> ids.add(chat.conversation().businessNumber() + "|" + id));
        return ids;
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
