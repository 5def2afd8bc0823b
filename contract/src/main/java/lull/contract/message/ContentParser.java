package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.contract.message.Content.Contacts.Card;
import lull.contract.message.Content.Order.Product;
import org.jspecify.annotations.Nullable;

/// Reads WhatsApp's message object into [Content]. It never fails: numbers may be text and text may be numbers,
/// optional parts may be missing, and what cannot be understood is [Content.Unknown].
public final class ContentParser {

    private ContentParser() {}

    /// The content of an element of `value.messages[]`.
    public static Content parse(JsonNode message) {
        String type = message.path("type").asText("");
        JsonNode part = message.path(type);
        Optional<? extends Content> content = switch (type) {
            case "text" -> string(part, "body").map(Content.Text::new);
            case "image" -> media(ContentKind.IMAGE, part);
            case "video" -> media(ContentKind.VIDEO, part);
            case "audio", "voice" -> media(ContentKind.AUDIO, part);
            case "document" -> media(ContentKind.DOCUMENT, part);
            case "sticker" -> media(ContentKind.STICKER, part);
            case "location" -> location(part);
            case "contacts" -> contacts(part);
            case "interactive" -> interactive(part);
            case "button" -> templateButton(part);
            case "order" -> order(part);
            case "reaction" ->
                string(part, "message_id")
                        .map(id -> new Content.Reaction(
                                id,
                                string(part, "emoji")
                                        .filter(emoji -> !emoji.isEmpty())
                                        .orElse(null)));
            case "system" -> Optional.of(system(part));
            case "request_welcome" -> Optional.of(new Content.RequestWelcome());
            case "edit" -> string(part, "original_message_id").map(id -> new Content.Edit(id, part.path("message")));
            case "revoke" -> string(part, "original_message_id").map(Content.Revoke::new);
            case "unsupported", "unknown" -> Optional.of(unsupported(message));
            default -> Optional.empty();
        };
        return content.isPresent() ? content.get() : new Content.Unknown(type);
    }

    private static Optional<Content> media(ContentKind kind, JsonNode part) {
        return string(part, "id")
                .map(id -> new Content.Media(
                        kind,
                        id,
                        text(part, "mime_type"),
                        text(part, "sha256"),
                        text(part, "caption"),
                        text(part, "filename"),
                        part.path("voice").asBoolean(false),
                        part.path("animated").asBoolean(false)));
    }

    private static Optional<Content> location(JsonNode part) {
        double latitude = part.path("latitude").asDouble(Double.NaN);
        double longitude = part.path("longitude").asDouble(Double.NaN);
        if (Double.isNaN(latitude) || Double.isNaN(longitude)) {
            return Optional.empty();
        }
        return Optional.of(new Content.Location(
                latitude, longitude, text(part, "name"), text(part, "address"), text(part, "url")));
    }

    private static Optional<Content> contacts(JsonNode part) {
        if (!part.isArray()) {
            return Optional.empty();
        }
        List<Card> cards = new ArrayList<>();
        for (JsonNode card : part) {
            JsonNode name = card.path("name");
            cards.add(new Card(
                    string(name, "formatted_name")
                            .or(() -> string(name, "first_name"))
                            .orElse(""),
                    strings(card.path("phones"), "phone"),
                    strings(card.path("emails"), "email")));
        }
        return Optional.of(new Content.Contacts(cards));
    }

    private static Optional<Content> interactive(JsonNode part) {
        String type = part.path("type").asText("");
        JsonNode answer = part.path(type);
        return switch (type) {
            case "button_reply" ->
                string(answer, "title")
                        .map(title ->
                                new Content.ButtonReply(string(answer, "id").orElse(title), title));
            case "list_reply" ->
                string(answer, "title")
                        .map(title -> new Content.ListReply(
                                string(answer, "id").orElse(title), title, text(answer, "description")));
            case "nfm_reply" ->
                Optional.of(new Content.FlowReply(
                        text(answer, "name"), text(answer, "body"), text(answer, "response_json")));
            case "call_permission_reply" -> string(answer, "response").map(Content.CallPermission::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Content> templateButton(JsonNode part) {
        Optional<String> payload = string(part, "payload");
        return string(part, "text")
                .or(() -> payload)
                .map(title -> new Content.ButtonReply(payload.orElse(title), title));
    }

    private static Optional<Content> order(JsonNode part) {
        if (!part.isObject()) {
            return Optional.empty();
        }
        List<Product> products = new ArrayList<>();
        for (JsonNode item : part.path("product_items")) {
            products.add(new Product(
                    string(item, "product_retailer_id").orElse(""),
                    text(item, "quantity"),
                    text(item, "item_price"),
                    text(item, "currency")));
        }
        return Optional.of(new Content.Order(text(part, "catalog_id"), text(part, "text"), products));
    }

    private static Content system(JsonNode part) {
        return new Content.SystemNotice(
                text(part, "type"),
                text(part, "body"),
                string(part, "user_id")
                        .or(() -> string(part, "wa_id"))
                        .or(() -> string(part, "new_wa_id"))
                        .orElse(null));
    }

    private static Content unsupported(JsonNode message) {
        JsonNode error = message.path("errors").path(0);
        return new Content.Unsupported(
                error.path("code").asInt(0),
                string(error.path("error_data"), "details")
                        .or(() -> string(error, "message"))
                        .or(() -> string(error, "title"))
                        .orElse(null),
                text(message.path("unsupported"), "type"));
    }

    private static Optional<String> string(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static @Nullable String text(JsonNode node, String field) {
        return string(node, field).orElse(null);
    }

    private static List<String> strings(JsonNode array, String field) {
        List<String> found = new ArrayList<>();
        for (JsonNode element : array) {
            string(element, field).ifPresent(found::add);
        }
        return found;
    }
}
