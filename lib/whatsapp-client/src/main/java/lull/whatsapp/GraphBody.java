package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.ReplySender.ReplyPart;
import org.jspecify.annotations.Nullable;

/// Body of the Graph API's request that sends a part of a reply. Pure.
public final class GraphBody {

    private GraphBody() {}

    static ObjectNode of(ReplyPart part) {
        ObjectNode body = Json.object().put("messaging_product", "whatsapp");
        addRecipient(body, part);
        body.setAll(message(part.content()));
        if (part.isUtility()) {
            body.put("category", "utility");
        }
        String quoted = part.quotedMessageId();
        if (quoted != null && !(part.content() instanceof ReplyContent.Reaction)) {
            body.putObject("context").put("message_id", quoted);
        }
        return body.put("biz_opaque_callback_data", part.callback().text());
    }

    /// Returns the content of a message in WhatsApp's form: `type`, and an object of that name.
    public static ObjectNode message(ReplyContent content) {
        String type = type(content);
        ObjectNode message = Json.object().put("type", type);
        message.set(type, content(content));
        return message;
    }

    private static void addRecipient(ObjectNode body, ReplyPart part) {
        String phone = part.customer().phone();
        String userId = part.customer().userId();
        if (part.conversation().isGroup()) {
            String customer = part.conversation().customer();
            body.put("recipient_type", "group").put("to", customer.substring(customer.indexOf(':') + 1));
        } else if (phone != null) {
            body.put("recipient_type", "individual").put("to", phone);
        } else if (userId != null) {
            body.put("recipient_type", "individual").put("recipient", userId);
        } else {
            body.put("recipient_type", "individual")
                    .put("to", part.conversation().customer());
        }
    }

    private static String type(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text -> "text";
            case ReplyContent.Media media -> media.kind().word();
            case ReplyContent.Location location -> "location";
            case ReplyContent.Contacts contacts -> "contacts";
            case ReplyContent.Reaction reaction -> "reaction";
            case ReplyContent.Interactive interactive -> "interactive";
            case ReplyContent.Template template -> "template";
            case ReplyContent.Typing typing -> throw new IllegalArgumentException("A typing indicator is no message");
        };
    }

    private static JsonNode content(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text -> {
                ObjectNode object = copy(text.more()).put("body", text.body());
                yield put(object, "preview_url", text.previewUrl());
            }
            case ReplyContent.Media media -> media(media);
            case ReplyContent.Location location -> {
                ObjectNode object = copy(location.more())
                        .put("latitude", location.latitude())
                        .put("longitude", location.longitude());
                put(object, "name", location.name());
                yield put(object, "address", location.address());
            }
            case ReplyContent.Contacts contacts -> contacts.contacts();
            case ReplyContent.Reaction reaction ->
                copy(reaction.more()).put("message_id", reaction.messageId()).put("emoji", reaction.emoji());
            case ReplyContent.Interactive interactive ->
                copy(interactive.more()).put("type", interactive.kind());
            case ReplyContent.Template template -> template(template);
            case ReplyContent.Typing typing -> throw new IllegalArgumentException("A typing indicator is no message");
        };
    }

    private static ObjectNode media(ReplyContent.Media media) {
        ObjectNode object = copy(media.more());
        put(object, "id", media.id());
        put(object, "link", media.link());
        put(object, "caption", media.caption());
        put(object, "filename", media.filename());
        return put(object, "voice", media.voice());
    }

    private static ObjectNode template(ReplyContent.Template template) {
        ObjectNode object = copy(template.more()).put("name", template.name());
        ObjectNode language = object.path("language") instanceof ObjectNode more ? more : object.putObject("language");
        language.put("code", template.language());
        JsonNode components = template.components();
        if (components != null) {
            object.set("components", components);
        }
        return object;
    }

    private static ObjectNode copy(@Nullable ObjectNode more) {
        return more == null ? Json.object() : more.deepCopy();
    }

    private static ObjectNode put(ObjectNode object, String name, @Nullable String value) {
        return value == null ? object : object.put(name, value);
    }

    private static ObjectNode put(ObjectNode object, String name, @Nullable Boolean value) {
        return value == null ? object : object.put(name, value);
    }
}
