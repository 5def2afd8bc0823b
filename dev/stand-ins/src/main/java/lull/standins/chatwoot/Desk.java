package lull.standins.chatwoot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.standins.http.Json;
import org.jspecify.annotations.Nullable;

/// What Chatwoot keeps of one inbox: contacts, conversations and messages. Used under the lock of its
/// owner.
final class Desk {

    static final int INBOX = 7;

    private final Map<String, Contact> contacts = new LinkedHashMap<>();
    private final Map<Long, Conversation> conversations = new LinkedHashMap<>();
    private final Map<Long, ObjectNode> messages = new LinkedHashMap<>();
    private long last;

    /// A contact in the inbox.
    record Contact(long id, String source, ObjectNode data) {}

    /// A conversation of it. Mutable.
    static final class Conversation {
        final long number;
        final Contact contact;
        final ObjectNode attributes;
        final List<ObjectNode> messages = new ArrayList<>();
        String status = "open";

        Conversation(long number, Contact contact, ObjectNode attributes) {
            this.number = number;
            this.contact = contact;
            this.attributes = attributes;
        }
    }

    Optional<Contact> contact(String source) {
        return Optional.ofNullable(contacts.get(source));
    }

    Contact addContact(String source, ObjectNode data) {
        return contacts.computeIfAbsent(source, _ -> new Contact(++last, source, data));
    }

    Conversation addConversation(Contact contact, ObjectNode attributes) {
        Conversation conversation = new Conversation(++last, contact, attributes);
        conversations.put(conversation.number, conversation);
        return conversation;
    }

    Optional<Conversation> conversation(long number) {
        return Optional.ofNullable(conversations.get(number));
    }

    List<Conversation> conversations() {
        return List.copyOf(conversations.values());
    }

    List<Conversation> conversationsOf(Contact contact) {
        return conversations.values().stream()
                .filter(one -> one.contact.equals(contact))
                .toList();
    }

    /// Adds a message. What a customer writes opens a resolved conversation again.
    ObjectNode addMessage(Conversation conversation, ObjectNode message) {
        message.put("id", ++last)
                .put("created_at", Instant.now().getEpochSecond())
                .put("conversation_id", conversation.number)
                .put("status", "sent");
        conversation.messages.add(message);
        messages.put(last, message);
        if (message.path("message_type").asInt() == 0 && conversation.status.equals("resolved")) {
            conversation.status = "open";
        }
        return message;
    }

    Optional<ObjectNode> message(long number) {
        return Optional.ofNullable(messages.get(number));
    }

    /// A conversation as the public API shows it.
    static ObjectNode shown(Conversation conversation) {
        ObjectNode shown = Json.object()
                .put("id", conversation.number)
                .put("inbox_id", INBOX)
                .put("status", conversation.status);
        ArrayNode said = shown.putArray("messages");
        conversation.messages.forEach(said::add);
        return shown;
    }

    /// The conversation as a callback shows it.
    static ObjectNode called(Conversation conversation) {
        ObjectNode called = Json.object()
                .put("id", conversation.number)
                .put("inbox_id", INBOX)
                .put("status", conversation.status)
                .put("channel", "Channel::Api");
        called.putObject("contact_inbox").put("source_id", conversation.contact.source());
        called.putObject("meta").set("sender", conversation.contact.data());
        called.set("custom_attributes", conversation.attributes);
        ArrayNode latest = called.putArray("messages");
        last(conversation).ifPresent(latest::add);
        return called;
    }

    private static Optional<ObjectNode> last(Conversation conversation) {
        return conversation.messages.isEmpty() ? Optional.empty() : Optional.of(conversation.messages.getLast());
    }

    /// Looks up our message that another one answers.
    @Nullable
    ObjectNode bySource(Conversation conversation, String source) {
        return conversation.messages.stream()
                .filter(message -> message.path("source_id").asText("").equals(source))
                .findFirst()
                .orElse(null);
    }
}
