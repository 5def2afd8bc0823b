package lull.ingress.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import org.jspecify.annotations.Nullable;

/// Contents of messages in the form of WhatsApp's message object, as
/// [lull.contract.message.ContentParser] reads it. Pure.
final class WhatsAppForm {

    private WhatsAppForm() {}

    /// A file.
    ///
    /// @param id by which it is fetched; null if the channel does not give it
    record File(
            ContentKind kind,
            @Nullable String id,
            @Nullable String mimeType,
            @Nullable String caption,
            @Nullable String filename,
            boolean voice,
            boolean animated) {

        /// A file of which only this is known.
        static File of(ContentKind kind, @Nullable String id, @Nullable String mimeType, @Nullable String caption) {
            return new File(kind, id, mimeType, caption, null, false, false);
        }
    }

    static ObjectNode text(String body) {
        ObjectNode message = Json.object().put("type", "text");
        message.putObject("text").put("body", body);
        return message;
    }

    static ObjectNode file(File file) {
        String type = file.kind().word();
        ObjectNode message = Json.object().put("type", type);
        ObjectNode media = message.putObject(type);
        put(media, "id", file.id());
        put(media, "mime_type", file.mimeType());
        put(media, "caption", file.caption());
        put(media, "filename", file.filename());
        if (file.voice()) {
            media.put("voice", true);
        }
        if (file.animated()) {
            media.put("animated", true);
        }
        if (file.id() == null || file.id().isBlank()) {
            message.putArray("errors").addObject().put("title", "The channel does not give the file");
        }
        return message;
    }

    /// @param latitude a number, or missing, together with the longitude
    static ObjectNode location(JsonNode latitude, JsonNode longitude, @Nullable String name, @Nullable String address) {
        ObjectNode message = Json.object().put("type", "location");
        ObjectNode place = message.putObject("location");
        if (latitude.isNumber() && longitude.isNumber()) {
            place.set("latitude", latitude);
            place.set("longitude", longitude);
        }
        put(place, "name", name);
        put(place, "address", address);
        return message;
    }

    /// Returns a card of one person.
    static ObjectNode contact(@Nullable String name, @Nullable String phone) {
        ObjectNode message = Json.object().put("type", "contacts");
        ObjectNode card = message.putArray("contacts").addObject();
        if (name != null) {
            card.putObject("name").put("formatted_name", name);
        }
        if (phone != null) {
            card.putArray("phones").addObject().put("phone", phone);
        }
        return message;
    }

    /// Returns a card of one person.
    static ObjectNode vcard(String vcard) {
        ObjectNode message = Json.object().put("type", "contacts");
        message.putArray("contacts").addObject().put("vcard", vcard);
        return message;
    }

    /// @param emoji null or empty: the reaction was removed
    static ObjectNode reaction(String target, @Nullable String emoji) {
        ObjectNode message = Json.object().put("type", "reaction");
        put(message.putObject("reaction").put("message_id", target), "emoji", emoji);
        return message;
    }

    static ObjectNode choice(String id, String title) {
        ObjectNode message = Json.object().put("type", "interactive");
        message.putObject("interactive")
                .put("type", "button_reply")
                .putObject("button_reply")
                .put("id", id)
                .put("title", title);
        return message;
    }

    /// @param content the new content
    static ObjectNode edit(String target, ObjectNode content) {
        ObjectNode message = Json.object().put("type", "edit");
        message.putObject("edit").put("original_message_id", target).set("message", content);
        return message;
    }

    static ObjectNode revoke(String target) {
        ObjectNode message = Json.object().put("type", "revoke");
        message.putObject("revoke").put("original_message_id", target);
        return message;
    }

    /// Returns a message of a type that WhatsApp does not have.
    ///
    /// @param content whose texts people can read
    static ObjectNode other(String type, JsonNode content) {
        ObjectNode message = Json.object().put("type", type);
        message.set(type, content);
        return message;
    }

    /// Adds what a message refers to.
    ///
    /// @param target the message that it answers; null: none
    static ObjectNode context(ObjectNode message, @Nullable String target, boolean forwarded) {
        if (target != null || forwarded) {
            ObjectNode context = message.putObject("context");
            put(context, "id", target);
            if (forwarded) {
                context.put("forwarded", true);
            }
        }
        return message;
    }

    private static void put(ObjectNode object, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            object.put(name, value);
        }
    }
}
