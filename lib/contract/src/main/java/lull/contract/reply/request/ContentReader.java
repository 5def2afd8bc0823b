package lull.contract.reply.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media;

/// Reader of the content of an application's request, in the form of WhatsApp's own API: `type` and the
/// object of that name. Checks WhatsApp's limits, so that a mistake is reported in the answer and not
/// by WhatsApp later. Pure.
///
/// Unknown members are kept and sent, because WhatsApp adds new ones.
public final class ContentReader {

    /// The supported types.
    public static final List<String> TYPES = List.of(
            "text",
            "image",
            "video",
            "audio",
            "document",
            "sticker",
            "location",
            "contacts",
            "reaction",
            "interactive",
            "template");

    /// A text longer than WhatsApp's 4,096 characters is split, so this limit is Lull's own.
    private static final int LONGEST_TEXT = 64 * 1024;

    private static final int LONGEST_CAPTION = 1_024;
    private static final int MOST_CONTACTS = 257;
    private static final Pattern TEMPLATE_NAME = Pattern.compile("[a-z0-9_]+");
    private static final Pattern BROKEN_TEXT = Pattern.compile("[\\n\\r\\t]| {5}");
    private static final int LONGEST_PARAMETER = 1_024;
    private static final int LONGEST_TEMPLATE_NAME = 512;

    /// Header, body and buttons, of which there are at most ten; more components are a mistake.
    private static final int MOST_COMPONENTS = 100;

    private ContentReader() {}

    /// Returns the content of a message; empty if its type is unknown. Do not use the result if
    /// problems were added.
    public static Optional<ReplyContent> read(CheckedObject message) {
        String type = message.text("type", CheckedObject.ANY_LENGTH);
        Optional<Media.Kind> media = Media.Kind.find(type);
        if (media.isPresent()) {
            return message.object(type).flatMap(object -> media(media.get(), object));
        }
        return switch (type) {
            case "text" -> message.object(type).map(ContentReader::text);
            case "location" -> message.object(type).map(ContentReader::location);
            case "contacts" -> Optional.of(new ReplyContent.Contacts(message.list(type, 1, MOST_CONTACTS)));
            case "reaction" -> message.object(type).map(ContentReader::reaction);
            case "interactive" -> message.object(type).map(InteractiveReader::read);
            case "template" -> message.object(type).map(ContentReader::template);
            default -> {
                if (!type.isBlank()) {
                    message.problem("type", "must be one of " + String.join(", ", TYPES));
                }
                yield Optional.empty();
            }
        };
    }

    /// Returns the template of a request that has nothing else; empty if it has none. Do not use the
    /// result if problems were added.
    public static Optional<ReplyContent> readTemplate(CheckedObject request) {
        return request.object("template").map(ContentReader::template);
    }

    private static ReplyContent text(CheckedObject text) {
        String body = text.text("body", LONGEST_TEXT);
        Boolean previewUrl = text.flag("preview_url");
        return new ReplyContent.Text(body, previewUrl, text.more());
    }

    private static Optional<ReplyContent> media(Media.Kind kind, CheckedObject media) {
        String id = media.textIfThere("id", CheckedObject.ANY_LENGTH);
        String link = media.textIfThere("link", CheckedObject.ANY_LENGTH);
        if (link != null && !link.isBlank() && !isHttps(link)) {
            media.problem("link", "must be an https address");
        }
        String caption = media.optionalText("caption", LONGEST_CAPTION);
        if (caption != null && (kind == Media.Kind.AUDIO || kind == Media.Kind.STICKER)) {
            media.problem("caption", "does not go with " + kind.word());
        }
        String filename = media.optionalText("filename", CheckedObject.ANY_LENGTH);
        if (filename != null && kind != Media.Kind.DOCUMENT) {
            media.problem("filename", "goes with document only");
        }
        Boolean voice = media.flag("voice");
        if (voice != null && kind != Media.Kind.AUDIO) {
            media.problem("voice", "goes with audio only");
        }
        if ((id == null) == (link == null)) {
            media.problem("id", "or link is needed, and not both");
            return Optional.empty();
        }
        return Optional.of(new Media(kind, id, link, caption, filename, voice, media.more()));
    }

    private static boolean isHttps(String link) {
        try {
            URI address = URI.create(link);
            return "https".equalsIgnoreCase(address.getScheme()) && address.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ReplyContent location(CheckedObject location) {
        return new ReplyContent.Location(
                location.number("latitude", -90, 90),
                location.number("longitude", -180, 180),
                location.optionalText("name", CheckedObject.ANY_LENGTH),
                location.optionalText("address", CheckedObject.ANY_LENGTH),
                location.more());
    }

    private static ReplyContent reaction(CheckedObject reaction) {
        String messageId = reaction.text("message_id", CheckedObject.ANY_LENGTH);
        String emoji = reaction.optionalText("emoji", CheckedObject.ANY_LENGTH);
        if (!reaction.has("emoji")) {
            reaction.problem("emoji", "is needed; empty takes a reaction back");
        }
        return new ReplyContent.Reaction(messageId, emoji == null ? "" : emoji, reaction.more());
    }

    /// WhatsApp refuses such parameters for each customer anew, so they are refused before.
    private static void checkParameters(ArrayNode components, CheckedObject template) {
        for (int i = 0; i < components.size(); i++) {
            JsonNode parameters = components.path(i).path("parameters");
            for (int j = 0; j < parameters.size(); j++) {
                JsonNode parameter = parameters.path(j);
                String place = "components[" + i + "].parameters[" + j + "]";
                String text = parameter.path("text").asText("");
                if (BROKEN_TEXT.matcher(text).find()) {
                    template.problem(
                            place + ".text",
                            "must have no line breaks, no tabs and at most 4 blanks beside each other");
                }
                if (text.codePointCount(0, text.length()) > LONGEST_PARAMETER) {
                    template.problem(place + ".text", "must have at most " + LONGEST_PARAMETER + " characters");
                }
                String kind = parameter.path("type").asText("");
                String link = parameter.path(kind).path("link").asText("");
                if (!link.isEmpty() && !isHttps(link)) {
                    template.problem(place + "." + kind + ".link", "must be an https address");
                }
            }
        }
    }

    private static ReplyContent template(CheckedObject template) {
        String name = template.text("name", LONGEST_TEMPLATE_NAME);
        Optional<CheckedObject> language = template.object("language");
        String code = language.map(object -> object.text("code", CheckedObject.ANY_LENGTH))
                .orElse("");
        ArrayNode components = template.has("components") ? template.list("components", 0, MOST_COMPONENTS) : null;
        if (!name.isBlank() && !TEMPLATE_NAME.matcher(name).matches()) {
            template.problem("name", "must have lower-case letters, digits and _ only");
        }
        if (components != null) {
            checkParameters(components, template);
        }
        ObjectNode more = template.more();
        ObjectNode moreOfLanguage = language.map(CheckedObject::more).orElse(null);
        if (moreOfLanguage != null) {
            more = more == null ? Json.object() : more;
            more.set("language", moreOfLanguage);
        }
        return new ReplyContent.Template(name, code, components, more);
    }
}
