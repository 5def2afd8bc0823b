package lull.whatsapp.provider;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender.ReplyPart;
import lull.whatsapp.WhatsAppError;
import org.jspecify.annotations.Nullable;

/// Template of a provider's API: for each kind of reply the body that is posted, and where the answer has
/// the message's id. Bodies are JSON whose texts have placeholders; see [TemplateText]. A member whose text
/// is only a placeholder without a value is left out, and so is an object that has nothing else. Immutable.
final class ProviderTemplate {

    /// Maximum size of a template.
    static final int MAX_BYTES = 64 * 1024;

    /// WhatsApp's codes for a type that is not known, and for a file that is not accepted. The notes for
    /// agents explain them.
    private static final int UNKNOWN_TYPE = 131051;

    private static final int NO_FILE = WhatsAppError.NO_FILE;

    private static final String DATA_URL = "data-url";
    private static final Set<String> FILES = Set.of("base64", DATA_URL);

    /// What a placeholder may put into an address.
    private static final Pattern IN_ADDRESS = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Map<MessageKind, Message> messages;
    private final @Nullable JsonPointer messageId;
    private final @Nullable Doubt doubt;
    private final @Nullable String files;

    private ProviderTemplate(
            Map<MessageKind, Message> messages,
            @Nullable JsonPointer messageId,
            @Nullable Doubt doubt,
            @Nullable String files) {
        this.messages = new EnumMap<>(messages);
        this.files = files;
        this.messageId = messageId;
        this.doubt = doubt;
    }

    /// @param method stands for `{method}` in the provider's address
    private record Message(@Nullable TemplateText method, JsonNode body) {}

    /// Answers after which the message may have been sent: those with this status, and with a text at a
    /// place that contains a word.
    private record Doubt(int status, JsonPointer text, String contains) {

        private static final Set<String> MEMBERS = Set.of("status", "text", "contains");

        static Doubt parse(JsonNode doubt) {
            allow(doubt, "doubt.", MEMBERS);
            JsonNode status = doubt.path("status");
            JsonPointer text = pointer(doubt, "text");
            if (!status.isInt() || status.intValue() < 400 || status.intValue() > 499 || text == null) {
                throw new IllegalArgumentException("needs in doubt a status from 400 to 499, and a JSON pointer text");
            }
            return new Doubt(status.intValue(), text, doubt.path("contains").asText(""));
        }

        boolean isOf(int answered, JsonNode answer) {
            JsonNode found = answer.at(text);
            return answered == status && found.isTextual() && found.textValue().contains(contains);
        }
    }

    /// Result of filling a template.
    sealed interface Filled {

        /// A request.
        ///
        /// @param method for `{method}` in the provider's address; empty without one
        record Request(String method, ObjectNode body) implements Filled {}

        /// The template cannot express the reply.
        record Impossible(WhatsAppError.Refused why) implements Filled {}
    }

    /// Reads a template. Throws `IllegalArgumentException` if it is not one; its message continues a
    /// sentence that names the template.
    static ProviderTemplate parse(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new IllegalArgumentException("has more than " + MAX_BYTES + " bytes");
        }
        ObjectNode root = object(json);
        allow(root, "", Set.of("messages", "messageId", "doubt", "files"));
        if (!(root.get("messages") instanceof ObjectNode messages) || messages.isEmpty()) {
            throw new IllegalArgumentException("needs an object messages with the kinds of replies");
        }
        Map<MessageKind, Message> read = new EnumMap<>(MessageKind.class);
        messages.properties().forEach(member -> {
            MessageKind kind = MessageKind.find(member.getKey())
                    .orElseThrow(() -> new IllegalArgumentException("has the kind " + member.getKey()
                            + ", which does not exist; kinds are " + MessageKind.words()));
            read.put(kind, message(kind, member.getValue()));
        });
        JsonNode doubt = root.path("doubt");
        return new ProviderTemplate(
                read, pointer(root, "messageId"), doubt.isMissingNode() ? null : Doubt.parse(doubt), files(root));
    }

    private static @Nullable String files(ObjectNode root) {
        if (!root.has("files")) {
            return null;
        }
        String files = root.path("files").asText("");
        if (!FILES.contains(files)) {
            throw new IllegalArgumentException("needs base64 or data-url in files");
        }
        return files;
    }

    private static ObjectNode object(byte[] json) {
        try {
            if (Json.strictTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (UnreadableJson e) {
            throw new IllegalArgumentException("is not JSON, or an object of it has a name twice", e);
        }
        throw new IllegalArgumentException("must be a JSON object");
    }

    private static Message message(MessageKind kind, JsonNode message) {
        String place = "messages." + kind.word();
        allow(message, place + ".", Set.of("method", "body"));
        if (!(message.get("body") instanceof ObjectNode body)) {
            throw new IllegalArgumentException("needs an object body in " + place);
        }
        check(body, place);
        JsonNode method = message.path("method");
        if (!method.isMissingNode() && !method.isTextual()) {
            throw new IllegalArgumentException("needs a text method in " + place);
        }
        return new Message(method.isTextual() ? text(method.textValue(), place + ".method") : null, body.deepCopy());
    }

    private static void check(JsonNode node, String place) {
        if (node.isTextual()) {
            text(node.textValue(), place);
        }
        node.forEach(child -> check(child, place));
    }

    private static TemplateText text(String text, String place) {
        try {
            return TemplateText.parse(text, TemplateValues.NAMES);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + " (in " + place + "); placeholders are "
                            + new TreeSet<>(TemplateValues.NAMES)
                                    .stream().map(name -> "{" + name + "}").collect(Collectors.joining(" ")),
                    e);
        }
    }

    private static void allow(JsonNode object, String place, Set<String> names) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("needs an object in " + place.replaceFirst("\\.$", ""));
        }
        Set<String> others = new HashSet<>();
        object.fieldNames().forEachRemaining(others::add);
        others.removeAll(names);
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "has the member " + place + others.iterator().next() + ", which has no meaning");
        }
    }

    private static @Nullable JsonPointer pointer(JsonNode object, String name) {
        JsonNode text = object.path(name);
        if (text.isMissingNode()) {
            return null;
        }
        try {
            return JsonPointer.compile(text.isTextual() ? text.textValue() : "no pointer");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("needs a JSON pointer in " + name + ", such as /key/id", e);
        }
    }

    /// Whether it needs `{method}` in the provider's address.
    boolean hasMethods() {
        return messages.values().stream().anyMatch(message -> message.method() != null);
    }

    /// Fills the template with a part of a reply.
    Filled fill(ReplyPart part) {
        if (part.content() instanceof Media media && media.link() == null) {
            return impossible(NO_FILE, "A file for this provider needs a link; it cannot be uploaded");
        }
        return fill(part, TemplateValues.of(part));
    }

    /// Fills the template with a part of a reply and its file, whose base64 takes the place of a text.
    Filled fill(ReplyPart part, OutgoingFile file, String place) {
        if (files == null) {
            return impossible(NO_FILE, "The provider's template takes files only as links");
        }
        String link = files.equals(DATA_URL) ? "data:" + file.mimeType() + ";base64," + place : place;
        return fill(part, TemplateValues.of(part, file, link));
    }

    private Filled fill(ReplyPart part, Map<String, String> values) {
        Optional<Message> message = MessageKind.of(part.content()).flatMap(this::message);
        if (message.isEmpty()) {
            return impossible(UNKNOWN_TYPE, "The provider's template has no " + kind(part.content()));
        }
        ObjectNode body = filled(message.get().body(), values) instanceof ObjectNode object ? object : Json.object();
        TemplateText method = message.get().method();
        if (method == null) {
            return new Filled.Request("", body);
        }
        Optional<String> missing = method.missing(values);
        if (missing.isPresent()) {
            return impossible(NO_FILE, "The provider needs the " + missing.get() + " of the file, and it has none");
        }
        Map<String, String> inAddress = values.entrySet().stream()
                .filter(value -> IN_ADDRESS.matcher(value.getValue()).matches())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        return method.missing(inAddress).isPresent()
                ? impossible(UNKNOWN_TYPE, "A value does not go into the provider's address")
                : new Filled.Request(method.filled(inAddress).orElse(""), body);
    }

    /// Returns the message's id in an answer; empty if it has none.
    String messageId(JsonNode answer) {
        JsonNode id = messageId == null ? null : answer.at(messageId);
        return id != null && id.isValueNode() && !id.isNull() && id.asText().length() <= 512 ? id.asText() : "";
    }

    /// Whether after an answer with an error status the message may have been sent.
    boolean isDoubt(int status, JsonNode answer) {
        return doubt != null && doubt.isOf(status, answer);
    }

    private Optional<Message> message(MessageKind kind) {
        return Optional.ofNullable(messages.get(kind))
                .or(() -> kind == MessageKind.VOICE ? message(MessageKind.AUDIO) : Optional.empty());
    }

    private static String kind(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Contacts contacts -> "contacts";
            case ReplyContent.Interactive interactive -> "interactive message";
            case ReplyContent.Template template -> "template of WhatsApp";
            case ReplyContent.Typing typing -> "typing indicator";
            case ReplyContent other ->
                MessageKind.of(other).map(MessageKind::word).orElse("kind of message like this");
        };
    }

    private static Filled impossible(int code, String reason) {
        return new Filled.Impossible(new WhatsAppError.Refused(code, reason));
    }

    /// Returns a node with values; null if nothing of it is left.
    private static @Nullable JsonNode filled(JsonNode node, Map<String, String> values) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode filled = Json.object();
                object.properties().forEach(member -> {
                    JsonNode value = filled(member.getValue(), values);
                    if (value != null) {
                        filled.set(member.getKey(), value);
                    }
                });
                yield filled.isEmpty() && !object.isEmpty() ? null : filled;
            }
            case ArrayNode array -> {
                ArrayNode filled = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> {
                    JsonNode value = filled(element, values);
                    if (value != null) {
                        filled.add(value);
                    }
                });
                yield filled.isEmpty() && !array.isEmpty() ? null : filled;
            }
            default -> node.isTextual() ? filled(node.textValue(), values) : node;
        };
    }

    private static @Nullable JsonNode filled(String text, Map<String, String> values) {
        TemplateText read = TemplateText.parse(text, TemplateValues.NAMES);
        String value = read.filled(values).orElse(null);
        if (value == null) {
            return null;
        }
        return read.isNumber() ? DecimalNode.valueOf(new BigDecimal(value)) : JsonNodeFactory.instance.textNode(value);
    }
}
