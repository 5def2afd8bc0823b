package lull.applications.persons;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lull.applications.turns.PersonInCharge;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.turn.Turn;
import org.jspecify.annotations.Nullable;

/// Chats of Amazon Connect as `connect.chat` tells them, by the conversation and by each id of its
/// customer. Safe for several threads.
public final class ChatsInUse implements PersonInCharge {

    private final Map<String, Known> byContact = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> contactsOf = new ConcurrentHashMap<>();

    /// What is kept of a chat.
    private record Known(Set<String> names, @Nullable Instant endedAt) {}

    /// Takes a record of `connect.chat`. Throws [UnreadableJson] if it cannot be read.
    ///
    /// @param value absent if the chat is forgotten
    public void take(String contact, byte @Nullable [] value) throws UnreadableJson {
        Chat chat = value == null ? null : Json.read(value, Chat.class);
        Known known = chat == null ? null : new Known(names(chat), chat.endedAt());
        Known before = known == null ? byContact.remove(contact) : byContact.put(contact, known);
        if (known != null) {
            known.names.forEach(name -> contactsOf
                    .computeIfAbsent(name, _ -> ConcurrentHashMap.newKeySet())
                    .add(contact));
        }
        if (before != null) {
            before.names.stream()
                    .filter(name -> known == null || !known.names.contains(name))
                    .forEach(name -> contactsOf.computeIfPresent(name, (_, contacts) -> {
                        contacts.remove(contact);
                        return contacts.isEmpty() ? null : contacts;
                    }));
        }
    }

    @Override
    public boolean isOpen(Turn turn) {
        return chatsOf(turn).stream().anyMatch(chat -> chat.endedAt() == null);
    }

    @Override
    public boolean hasEndedSince(Turn turn, Instant time) {
        return chatsOf(turn).stream().map(Known::endedAt).anyMatch(ended -> ended != null && !ended.isBefore(time));
    }

    private Collection<Known> chatsOf(Turn turn) {
        Set<Known> chats = new HashSet<>();
        names(turn.conversation().businessNumber(), turn.conversation().customer(), turn.customer())
                .forEach(name -> contactsOf.getOrDefault(name, Set.of()).stream()
                        .map(byContact::get)
                        .filter(Objects::nonNull)
                        .forEach(chats::add));
        return chats;
    }

    private static Set<String> names(Chat chat) {
        String number = chat.conversation().businessNumber();
        Set<String> names = names(number, chat.conversation().customer(), chat.customer());
        chat.formerIds().forEach(id -> names.add(name(number, id)));
        return names;
    }

    /// Under which names a chat is found: the customer's ids at the business number.
    private static Set<String> names(String number, String customer, Customer person) {
        Set<String> names = new HashSet<>();
        names.add(name(number, customer));
        // Members of a group write in the group's conversation only.
        if (!customer.startsWith("group:")) {
            String phone = person.phone();
            String userId = person.userId();
            if (phone != null) {
                names.add(name(number, phone));
            }
            if (userId != null) {
                names.add(name(number, userId));
            }
        }
        return names;
    }

    private static String name(String number, String customer) {
        return number + "|" + customer;
    }
}
