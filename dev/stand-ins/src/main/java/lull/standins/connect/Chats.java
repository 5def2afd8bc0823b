package lull.standins.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// All chats since start, found by any contact id that they have or had.
final class Chats {
    private final Queue<Chat> inOrder = new ConcurrentLinkedQueue<>();
    private final Map<String, Chat> byContactId = new ConcurrentHashMap<>();

    void add(Chat chat) {
        byContactId.put(chat.opening().contactId(), chat);
        inOrder.add(chat);
    }

    Optional<Chat> find(String contactId) {
        Chat known = byContactId.get(contactId);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Chat> found =
                inOrder.stream().filter(chat -> chat.hasContact(contactId)).findFirst();
        found.ifPresent(chat -> byContactId.put(contactId, chat));
        return found;
    }

    /// The chat that began under this contact id.
    Optional<Chat> findByInitial(String contactId) {
        return find(contactId).filter(chat -> chat.opening().contactId().equals(contactId));
    }

    /// How many are not over.
    long open() {
        return inOrder.stream().filter(chat -> !chat.isOver()).count();
    }

    /// Newest last.
    List<Chat> all() {
        return List.copyOf(inOrder);
    }
}
