package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import lull.standins.http.Json;

/// A message to a customer that the Graph API would take.
///
/// `input` is the number, user id or group as it was given, `customer` the number's digits, the user id or the
/// group, `waId` what WhatsApp calls the customer.
/// `opaque` is what the statuses echo, empty when nothing was given. `category` is what it is charged as without a
/// template, empty for an ordinary message.
record SendRequest(
        String phoneNumberId,
        String input,
        String customer,
        String waId,
        boolean toUserId,
        String type,
        String text,
        JsonNode content,
        String contextMessageId,
        String opaque,
        String category) {
    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_CAPTION = 1_024;
    private static final int LONGEST_OPAQUE = 512;
    private static final Set<String> MEDIA = Set.of("image", "video", "document", "audio", "sticker");
    private static final Set<String> TYPES = Set.of(
            "text",
            "image",
            "video",
            "document",
            "audio",
            "sticker",
            "location",
            "contacts",
            "reaction",
            "interactive",
            "pin",
            "template");

    /// Reads a request body.
    ///
    /// @throws GraphException when the API would refuse it
    static SendRequest parse(String phoneNumberId, ObjectNode body) {
        String to = text(body, "to");
        String recipient = text(body, "recipient");
        if (to.isEmpty() && recipient.isEmpty()) {
            throw GraphException.invalid("The parameter to is required.");
        }
        boolean group = text(body, "recipient_type").equals("group");
        String digits = group ? to : to.replaceAll("[+ ()-]", "");
        if (!to.isEmpty() && !group && !digits.matches("[0-9]{5,20}")) {
            throw GraphException.invalid("Param to must be a phone number with country code.");
        }
        String type = body.path("type").asText("text");
        if (!TYPES.contains(type)) {
            throw GraphException.invalid("Param type must be one of " + TYPES + " - got \"" + type + "\".");
        }
        JsonNode content = body.path(type);
        if (type.equals("contacts") ? !content.isArray() : !content.isObject()) {
            throw GraphException.invalid("The parameter %s is required.".formatted(type));
        }
        String opaque = text(body, "biz_opaque_callback_data");
        if (opaque.length() > LONGEST_OPAQUE) {
            throw GraphException.invalid("Param biz_opaque_callback_data must be at most 512 characters long.");
        }
        JsonNode context = body.path("context");
        if (!context.isMissingNode() && text(context, "message_id").isEmpty()) {
            throw GraphException.invalid("The parameter context['message_id'] is required.");
        }
        String shown = checkContent(type, content);
        String category = DirectSends.category(type, body);
        if (body.has("ttl_seconds") && category.isEmpty()) {
            throw GraphException.invalid("Param ttl_seconds needs a category.");
        }
        return new SendRequest(
                phoneNumberId,
                to.isEmpty() ? recipient : to,
                to.isEmpty() ? recipient : digits,
                to.isEmpty() ? recipient : digits,
                to.isEmpty(),
                type,
                shown,
                content,
                text(context, "message_id"),
                opaque,
                category);
    }

    /// Returns what a person would read of the message.
    private static String checkContent(String type, JsonNode content) {
        if (MEDIA.contains(type)) {
            return checkMedia(type, content);
        }
        return switch (type) {
            case "text" -> bounded(content, "text", "body", LONGEST_TEXT);
            case "reaction" -> {
                required(content, "reaction", "message_id");
                yield text(content, "emoji");
            }
            case "location" -> {
                if (!isNumber(content.path("latitude")) || !isNumber(content.path("longitude"))) {
                    throw GraphException.missing("location needs latitude and longitude.");
                }
                yield text(content, "name");
            }
            case "template" -> {
                required(content.path("language"), "template['language']", "code");
                yield required(content, "template", "name");
            }
            case "interactive" -> InteractiveChecks.check(content);
            default -> "";
        };
    }

    private static String checkMedia(String type, JsonNode content) {
        boolean byId = !text(content, "id").isEmpty();
        boolean byLink = !text(content, "link").isEmpty();
        if (byId == byLink) {
            throw GraphException.missing("%s needs either id or link.".formatted(type));
        }
        if (text(content, "caption").length() > LONGEST_CAPTION) {
            throw GraphException.invalid("Param %s['caption'] must be at most 1024 characters long.".formatted(type));
        }
        return text(content, "caption");
    }

    private static boolean isNumber(JsonNode value) {
        return value.isNumber() || value.asText("").matches("-?[0-9]+(\\.[0-9]+)?");
    }

    /// The string member of that name, which must be there, not empty, and not too long.
    static String bounded(JsonNode object, String path, String name, int longest) {
        String value = required(object, path, name);
        if (value.codePointCount(0, value.length()) > longest) {
            throw GraphException.invalid(
                    "Param %s['%s'] must be at most %d characters long.".formatted(path, name, longest));
        }
        return value;
    }

    static String required(JsonNode object, String path, String name) {
        String value = text(object, name);
        if (value.isEmpty()) {
            throw GraphException.invalid("The parameter %s['%s'] is required.".formatted(path, name));
        }
        return value;
    }

    static String text(JsonNode object, String name) {
        return object.path(name).isTextual() ? object.path(name).textValue() : "";
    }

    /// The same message to a customer whose number WhatsApp writes in another way, as it does in countries with a
    /// digit for mobile numbers; other numbers stay.
    SendRequest rewritten() {
        String other = customer.replaceFirst("^521(?=[0-9]{10}$)", "52")
                .replaceFirst("^549(?=[0-9]{10}$)", "54")
                .replaceFirst("^(55[0-9]{2})9(?=[0-9]{8}$)", "$1");
        return new SendRequest(
                phoneNumberId,
                input,
                customer,
                other,
                toUserId,
                type,
                text,
                content,
                contextMessageId,
                opaque,
                category);
    }

    /// Whether it has a category without a template, which opens the way outside the care window.
    boolean isDirect() {
        return !category.isEmpty();
    }

    /// What the send is answered with.
    ObjectNode answer(String wamid) {
        ObjectNode answer = Json.object().put("messaging_product", "whatsapp");
        answer.putArray("contacts").addObject().put("input", input).put(toUserId ? "user_id" : "wa_id", waId);
        answer.putArray("messages").addObject().put("id", wamid);
        return answer;
    }
}
