package lull.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.runtime.sns.SnsMessage;
import org.jspecify.annotations.Nullable;

/// Parser of the events that Connect streams. Role, participant, contact and time may be missing, as
/// they are when a chat ends. Pure.
public final class ChatEventParser {

    private static final String EVENT_PREFIX = "application/vnd.amazonaws.connect.event.";
    private static final String ENDED = "chat.ended";
    private static final String PLAIN_TEXT = "text/plain";

    /// Separates the id of an event from the number of its file.
    public static final String BEFORE_FILE = "#";

    private ChatEventParser() {}

    /// Returns the events of a notification: one, or one for each file of an attachment. Throws
    /// [UnreadableJson] if it is not an event of a contact.
    public static List<ChatEvent> parse(SnsMessage.Notification notification) throws UnreadableJson {
        return parse(
                Json.tree(notification.message()),
                notification.id(),
                notification.at(),
                notification.attributes().get("MessageVisibility"));
    }

    /// Returns the events of a payload, which may also be an item of a transcript.
    ///
    /// @param otherwiseId the id if it has none
    /// @param otherwiseAt the time if it has none
    public static List<ChatEvent> parse(
            JsonNode payload, String otherwiseId, Instant otherwiseAt, @Nullable String visibility)
            throws UnreadableJson {
        String contact = text(payload, "ContactId");
        String initial = text(payload, "InitialContactId");
        String key = initial != null ? initial : contact;
        if (key == null) {
            throw new UnreadableJson("A chat event without a contact");
        }
        String id = text(payload, "Id");
        Head head = new Head(
                id != null ? id : otherwiseId,
                key,
                contact,
                at(payload, otherwiseAt),
                text(payload, "ParticipantRole"),
                text(payload, "DisplayName"),
                visibility,
                payload);
        return switch (String.valueOf(text(payload, "Type"))) {
            case "MESSAGE" -> List.of(head.event(0, said(payload)));
            case "ATTACHMENT" -> attachments(head, payload);
            default -> List.of(head.event(0, other(payload)));
        };
    }

    /// The common part of all events of a payload.
    private record Head(
            String id,
            String initialContactId,
            @Nullable String contactId,
            Instant at,
            @Nullable String role,
            @Nullable String displayName,
            @Nullable String visibility,
            JsonNode raw) {

        ChatEvent event(int number, ChatEvent.What what) {
            String own = number == 0 ? id : id + BEFORE_FILE + number;
            return new ChatEvent(
                    own, initialContactId, contactId(), at, role(), displayName(), visibility(), what, raw);
        }
    }

    private static ChatEvent.What said(JsonNode payload) {
        String type = text(payload, "ContentType");
        String content = text(payload, "Content");
        return new ChatEvent.Said(type == null ? PLAIN_TEXT : type, content == null ? "" : content);
    }

    private static List<ChatEvent> attachments(Head head, JsonNode payload) {
        List<ChatEvent> events = new ArrayList<>();
        for (JsonNode file : payload.path("Attachments")) {
            String id = text(file, "AttachmentId");
            if (id != null) {
                events.add(head.event(
                        events.size(),
                        new ChatEvent.Attached(
                                id,
                                text(file, "AttachmentName"),
                                text(file, "ContentType"),
                                file.path("Status").asText(""))));
            }
        }
        return events.isEmpty() ? List.of(head.event(0, new ChatEvent.Other("attachment"))) : events;
    }

    private static ChatEvent.What other(JsonNode payload) {
        String type = text(payload, "ContentType");
        String name = type == null ? payload.path("Type").asText("") : type;
        String bare = name.startsWith(EVENT_PREFIX) ? name.substring(EVENT_PREFIX.length()) : name;
        return bare.equals(ENDED) ? new ChatEvent.Ended() : new ChatEvent.Other(bare);
    }

    private static Instant at(JsonNode payload, Instant otherwise) {
        String text = text(payload, "AbsoluteTime");
        return text == null ? otherwise : Timestamps.ofIso(text).orElse(otherwise);
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }
}
