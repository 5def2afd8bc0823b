package lull.contract.message;

import static lull.contract.message.Fields.textOrNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.json.Timestamps;
import lull.contract.message.Content.Order.Product;
import org.jspecify.annotations.Nullable;

/// Parser that turns WhatsApp's message object into [Content]. It never fails: numbers may be text and
/// text may be numbers, optional parts may be missing, and what cannot be understood is
/// [Content.Unknown]. Pure.
public final class ContentParser {

    /// Members of a file that are read by their names, or mean nothing to people.
    private static final Set<String> MEDIA_MEMBERS =
            Set.of("id", "mime_type", "sha256", "caption", "filename", "voice", "animated");

    private ContentParser() {}

    /// Returns the content of an element of `value.messages[]`.
    public static Content parse(JsonNode message) {
        String type = message.path("type").asText("");
        JsonNode part = type.isEmpty() ? MissingNode.getInstance() : message.path(type);
        Optional<? extends Content> content = switch (type) {
            case "text" -> Fields.text(part, "body").map(Content.Text::new);
            case "image" -> media(ContentKind.IMAGE, message, part, false);
            case "video" -> media(ContentKind.VIDEO, message, part, false);
            case "audio" -> media(ContentKind.AUDIO, message, part, false);
            case "voice" -> media(ContentKind.AUDIO, message, part, true);
            case "document" -> media(ContentKind.DOCUMENT, message, part, false);
            case "sticker" -> media(ContentKind.STICKER, message, part, false);
            case "location" -> location(part);
            case "contacts" -> ContactCards.of(part);
            case "interactive" -> interactive(part);
            case "button" -> templateButton(part);
            case "order" -> order(part);
            case "reaction" -> reaction(part);
            case "system" -> Optional.of(system(message, part));
            case "request_welcome" -> Optional.of(new Content.RequestWelcome());
            case "edit" -> edit(part);
            case "revoke" -> Optional.of(new Content.Revoke(textOrEmpty(part, "original_message_id")));
            case "call" -> call(part);
            case "take_over" ->
                ControlPassed.of(part).map(passed -> new Content.TakeOver(passed.reason(), passed.summary()));
            case "unsupported", "unknown" -> Optional.of(unsupported(message));
            default -> Optional.empty();
        };
        return content.isPresent() ? content.get() : UnknownContent.of(message);
    }

    /// Returns a file, or a file that is only announced, with an error in its place.
    private static Optional<Content> media(ContentKind kind, JsonNode message, JsonNode part, boolean voice) {
        if (!part.isObject() && !part.isMissingNode() && !part.isNull()) {
            return Optional.empty();
        }
        String id = textOrEmpty(part, "id");
        return Optional.of(new Content.Media(
                kind,
                id,
                textOrNull(part, "mime_type"),
                textOrNull(part, "sha256"),
                textOrNull(part, "caption"),
                textOrNull(part, "filename"),
                voice || part.path("voice").asBoolean(false),
                part.path("animated").asBoolean(false),
                id.isBlank() ? notDelivered(message, part) : null));
    }

    /// Returns why a file is missing, and what else its object says, such as a link.
    private static @Nullable String notDelivered(JsonNode message, JsonNode part) {
        String said = Stream.concat(Errors.reason(message).stream(), UnknownContent.texts(part, MEDIA_MEMBERS).stream())
                .collect(Collectors.joining("; "));
        return said.isEmpty() ? null : said;
    }

    private static Optional<Content> reaction(JsonNode part) {
        Optional<String> emoji = Fields.text(part, "emoji").filter(text -> !text.isEmpty());
        String id = textOrEmpty(part, "message_id");
        return id.isEmpty() && emoji.isEmpty()
                ? Optional.empty()
                : Optional.of(new Content.Reaction(id, emoji.orElse(null)));
    }

    private static Optional<Content> edit(JsonNode part) {
        return part.isObject()
                ? Optional.of(new Content.Edit(textOrEmpty(part, "original_message_id"), edited(part.path("message"))))
                : Optional.empty();
    }

    /// Returns the message object of an edit: a bare text becomes one, and a message without a type
    /// gets that of its only part.
    private static JsonNode edited(JsonNode message) {
        if (message.isValueNode() && !message.isNull()) {
            ObjectNode text = JsonNodeFactory.instance.objectNode().put("type", "text");
            text.putObject("text").put("body", message.asText());
            return text;
        }
        if (message instanceof ObjectNode object
                && message.path("type").asText("").isEmpty()
                && message.size() == 1) {
            return object.deepCopy().put("type", message.fieldNames().next());
        }
        return message;
    }

    private static Optional<Content> location(JsonNode part) {
        double latitude = part.path("latitude").asDouble(Double.NaN);
        double longitude = part.path("longitude").asDouble(Double.NaN);
        boolean isPin = Double.isFinite(latitude) && Double.isFinite(longitude);
        Content.Location location = new Content.Location(
                isPin ? latitude : null,
                isPin ? longitude : null,
                textOrNull(part, "name"),
                textOrNull(part, "address"),
                textOrNull(part, "url"));
        boolean isEmpty = !isPin && location.name() == null && location.address() == null && location.url() == null;
        return isEmpty ? Optional.empty() : Optional.of(location);
    }

    private static Optional<Content> interactive(JsonNode part) {
        String type = Fields.text(part, "type")
                .filter(text -> !text.isBlank())
                .orElseGet(() ->
                        part.isObject() && part.size() == 1 ? part.fieldNames().next() : "");
        JsonNode answer = part.path(type);
        return switch (type) {
            case "button_reply" ->
                Fields.text(answer, "title")
                        .filter(title -> !title.isBlank())
                        .or(() -> Fields.text(answer, "id"))
                        .map(title -> new Content.ButtonReply(
                                Fields.text(answer, "id").orElse(title), title));
            case "list_reply" -> listReply(answer);
            case "nfm_reply" ->
                Optional.of(new Content.FlowReply(
                        textOrNull(answer, "name"), textOrNull(answer, "body"), json(answer.path("response_json"))));
            case "call_permission_reply" ->
                Fields.text(answer, "response")
                        .map(response -> new Content.CallPermission(
                                response,
                                textOrNull(answer, "expiration_timestamp"),
                                textOrNull(answer, "response_source")));
            default -> Optional.empty();
        };
    }

    /// Returns JSON that is written as a text, or as it is.
    private static @Nullable String json(JsonNode value) {
        if (value.isContainerNode()) {
            return value.toString();
        }
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private static Optional<Content> listReply(JsonNode answer) {
        Optional<String> title = Fields.text(answer, "title").filter(text -> !text.isBlank());
        Optional<String> description = Fields.text(answer, "description");
        return title.or(() -> description)
                .or(() -> Fields.text(answer, "id"))
                .map(shown -> new Content.ListReply(
                        Fields.text(answer, "id").orElse(shown),
                        shown,
                        title.isPresent() ? description.orElse(null) : null));
    }

    private static Optional<Content> templateButton(JsonNode part) {
        Optional<String> payload = Fields.text(part, "payload");
        return Fields.text(part, "text")
                .filter(text -> !text.isBlank())
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

    private static Content system(JsonNode message, JsonNode part) {
        Optional<String> body = Fields.text(part, "body").filter(text -> !text.isBlank());
        return new Content.SystemNotice(
                textOrNull(part, "type"),
                body.orElse(null),
                Fields.text(part, "user_id")
                        .or(() -> Fields.text(part, "wa_id"))
                        .or(() -> Fields.text(part, "new_wa_id"))
                        .orElse(null),
                body.isPresent() ? List.of() : UnknownContent.texts(message));
    }

    private static Optional<Content> call(JsonNode part) {
        if (!part.isObject()) {
            return Optional.empty();
        }
        Duration duration = seconds(part, "duration").map(Duration::ofSeconds).orElse(null);
        boolean isMissed = !part.path("status").asText("").equals("COMPLETED");
        return Optional.of(new Content.Call(
                isMissed,
                Fields.text(part, "start_time")
                        .or(() -> Fields.text(part, "timestamp"))
                        .flatMap(Timestamps::ofEpochSecond)
                        .orElse(null),
                isMissed ? null : duration));
    }

    /// Returns whole seconds within a sensible range.
    private static Optional<Long> seconds(JsonNode part, String field) {
        return Fields.text(part, field)
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,11}"))
                .map(Long::valueOf);
    }

    private static Content unsupported(JsonNode message) {
        return new Content.Unsupported(
                message.path("errors").path(0).path("code").asInt(0),
                Errors.reason(message).orElse(null),
                textOrNull(message.path("unsupported"), "type"),
                UnknownContent.texts(message));
    }

    private static String textOrEmpty(JsonNode node, String field) {
        return Fields.text(node, field).orElse("");
    }
}
