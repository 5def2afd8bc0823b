package lull.contract.message;

import static lull.contract.message.Fields.textOrNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.contract.message.Content.Contacts.Card;
import lull.contract.message.Content.Order.Product;

/// Reads WhatsApp's message object into [Content]. It never fails: numbers may be text and text may be numbers,
/// optional parts may be missing, and what cannot be understood is [Content.Unknown].
public final class ContentParser {

    private ContentParser() {}

    /// The content of an element of `value.messages[]`.
    public static Content parse(JsonNode message) {
        String type = message.path("type").asText("");
        JsonNode part = message.path(type);
        Optional<? extends Content> content = switch (type) {
            case "text" -> Fields.text(part, "body").map(Content.Text::new);
            case "image" -> media(ContentKind.IMAGE, part, false);
            case "video" -> media(ContentKind.VIDEO, part, false);
            case "audio" -> media(ContentKind.AUDIO, part, false);
            case "voice" -> media(ContentKind.AUDIO, part, true);
            case "document" -> media(ContentKind.DOCUMENT, part, false);
            case "sticker" -> media(ContentKind.STICKER, part, false);
            case "location" -> location(part);
            case "contacts" -> contacts(part);
            case "interactive" -> interactive(part);
            case "button" -> templateButton(part);
            case "order" -> order(part);
            case "reaction" ->
                Fields.text(part, "message_id")
                        .map(id -> new Content.Reaction(
                                id,
                                Fields.text(part, "emoji")
                                        .filter(emoji -> !emoji.isEmpty())
                                        .orElse(null)));
            case "system" -> Optional.of(system(part));
            case "request_welcome" -> Optional.of(new Content.RequestWelcome());
            case "edit" ->
                Fields.text(part, "original_message_id").map(id -> new Content.Edit(id, part.path("message")));
            case "revoke" -> Fields.text(part, "original_message_id").map(Content.Revoke::new);
            case "unsupported", "unknown" -> Optional.of(unsupported(message));
            default -> Optional.empty();
        };
        return content.isPresent() ? content.get() : new Content.Unknown(type);
    }

    private static Optional<Content> media(ContentKind kind, JsonNode part, boolean voice) {
        return Fields.text(part, "id")
                .map(id -> new Content.Media(
                        kind,
                        id,
                        textOrNull(part, "mime_type"),
                        textOrNull(part, "sha256"),
                        textOrNull(part, "caption"),
                        textOrNull(part, "filename"),
                        voice || part.path("voice").asBoolean(false),
                        part.path("animated").asBoolean(false)));
    }

    private static Optional<Content> location(JsonNode part) {
        double latitude = part.path("latitude").asDouble(Double.NaN);
        double longitude = part.path("longitude").asDouble(Double.NaN);
        if (Double.isNaN(latitude) || Double.isNaN(longitude)) {
            return Optional.empty();
        }
        return Optional.of(new Content.Location(
                latitude, longitude, textOrNull(part, "name"), textOrNull(part, "address"), textOrNull(part, "url")));
    }

    private static Optional<Content> contacts(JsonNode part) {
        if (!part.isArray()) {
            return Optional.empty();
        }
        List<Card> cards = new ArrayList<>();
        for (JsonNode card : part) {
            JsonNode name = card.path("name");
            cards.add(new Card(
                    Fields.text(name, "formatted_name")
                            .or(() -> Fields.text(name, "first_name"))
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
                Fields.text(answer, "title")
                        .map(title -> new Content.ButtonReply(
                                Fields.text(answer, "id").orElse(title), title));
            case "list_reply" ->
                Fields.text(answer, "title")
                        .map(title -> new Content.ListReply(
                                Fields.text(answer, "id").orElse(title), title, textOrNull(answer, "description")));
            case "nfm_reply" ->
                Optional.of(new Content.FlowReply(
                        textOrNull(answer, "name"), textOrNull(answer, "body"), textOrNull(answer, "response_json")));
            case "call_permission_reply" ->
                Fields.text(answer, "response")
                        .map(response -> new Content.CallPermission(
                                response,
                                textOrNull(answer, "expiration_timestamp"),
                                textOrNull(answer, "response_source")));
            default -> Optional.empty();
        };
    }

    private static Optional<Content> templateButton(JsonNode part) {
        Optional<String> payload = Fields.text(part, "payload");
        return Fields.text(part, "text")
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
                    Fields.text(item, "product_retailer_id").orElse(""),
                    textOrNull(item, "quantity"),
                    textOrNull(item, "item_price"),
                    textOrNull(item, "currency")));
        }
        return Optional.of(new Content.Order(textOrNull(part, "catalog_id"), textOrNull(part, "text"), products));
    }

    private static Content system(JsonNode part) {
        return new Content.SystemNotice(
                textOrNull(part, "type"),
                textOrNull(part, "body"),
                Fields.text(part, "user_id")
                        .or(() -> Fields.text(part, "wa_id"))
                        .or(() -> Fields.text(part, "new_wa_id"))
                        .orElse(null));
    }

    private static Content unsupported(JsonNode message) {
        JsonNode error = message.path("errors").path(0);
        return new Content.Unsupported(
                error.path("code").asInt(0),
                Fields.text(error.path("error_data"), "details")
                        .or(() -> Fields.text(error, "message"))
                        .or(() -> Fields.text(error, "title"))
                        .orElse(null),
                textOrNull(message.path("unsupported"), "type"));
    }

    private static List<String> strings(JsonNode array, String field) {
        List<String> found = new ArrayList<>();
        for (JsonNode element : array) {
            Fields.text(element, field).ifPresent(found::add);
        }
        return found;
    }
}
