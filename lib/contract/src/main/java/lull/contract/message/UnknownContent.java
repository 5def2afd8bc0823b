package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reader of messages of unknown kinds, and of unknown members of others: collects the texts in them
/// that a person can read, within limits.
final class UnknownContent {

    private static final int MAX_TEXTS = 30;
    private static final int MAX_CHARACTERS = 1_500;
    private static final int MAX_CHARACTERS_OF_ONE = 400;
    private static final int MAX_DEPTH = 8;

    /// Members that every message has around its content.
    private static final Set<String> ENVELOPE = Set.of(
            "from",
            "id",
            "timestamp",
            "type",
            "context",
            "referral",
            "identity",
            "group_id",
            "from_user_id",
            "from_parent_user_id",
            "to",
            "to_user_id",
            "to_parent_user_id",
            "errors");

    /// Members whose text is clear without the member's name.
    private static final Set<String> PLAIN = Set.of(
            "title",
            "name",
            "text",
            "body",
            "caption",
            "description",
            "headline",
            "question",
            "label",
            "message",
            "subtitle",
            "header",
            "footer",
            "value",
            "display_text");

    /// Members that are meant for programs.
    private static final Set<String> MACHINES =
            Set.of("id", "type", "mime_type", "sha256", "hash", "token", "signature", "ciphertext", "thumbnail");

    private final List<String> texts = new ArrayList<>();
    private int characters;

    private UnknownContent() {}

    /// Returns the texts of a message of an unknown kind.
    static Content.Unknown of(JsonNode message) {
        String type = message.path("type").asText("");
        UnknownContent content = new UnknownContent();
        content.collectMembers(message, ENVELOPE, type);
        Errors.reason(message).ifPresent(reason -> content.add("", reason));
        JsonNode inner = type.isEmpty() ? message.path("interactive") : message.path(type);
        return new Content.Unknown(
                type, Fields.text(inner, "type").filter(text -> !text.isBlank()).orElse(null), content.texts);
    }

    /// Returns the texts of a message without those that every message has around its content.
    static List<String> texts(JsonNode message) {
        UnknownContent content = new UnknownContent();
        content.collectMembers(message, ENVELOPE, message.path("type").asText(""));
        return content.texts;
    }

    /// Returns the texts of an object's members.
    ///
    /// @param known names of members that are read already
    static List<String> texts(JsonNode object, Set<String> known) {
        UnknownContent content = new UnknownContent();
        content.collectMembers(object, known, "");
        return content.texts;
    }

    private void collectMembers(JsonNode object, Set<String> without, String kind) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!without.contains(member.getKey())) {
                collect(member.getKey(), member.getValue(), 0, member.getKey().equals(kind));
            }
        }
    }

    /// @param isContent whether the name is that of the kind, which is shown anyway
    private void collect(String name, JsonNode node, int depth, boolean isContent) {
        if (depth > MAX_DEPTH || texts.size() >= MAX_TEXTS || characters >= MAX_CHARACTERS) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(member -> collect(member.getKey(), member.getValue(), depth + 1, false));
        } else if (node.isArray()) {
            node.forEach(element -> collect(name, element, depth + 1, isContent));
        } else if (node.isValueNode() && !node.isNull() && !isForMachines(name)) {
            add(isContent || PLAIN.contains(name) ? "" : name.replace('_', ' ') + ": ", node.asText());
        }
    }

    private void add(String name, String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        if (line.isEmpty() || texts.contains(line)) {
            return;
        }
        String shown = name + (line.length() <= MAX_CHARACTERS_OF_ONE ? line : shortened(line));
        if (texts.size() < MAX_TEXTS && characters + shown.length() <= MAX_CHARACTERS) {
            texts.add(shown);
            characters += shown.length();
        }
    }

    private static String shortened(String line) {
        int end = Character.isHighSurrogate(line.charAt(MAX_CHARACTERS_OF_ONE - 1))
                ? MAX_CHARACTERS_OF_ONE - 1
                : MAX_CHARACTERS_OF_ONE;
        return line.substring(0, end) + " …";
    }

    private static boolean isForMachines(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        return MACHINES.contains(word) || word.endsWith("_id") || word.endsWith("_token") || word.endsWith("_hash");
    }
}
