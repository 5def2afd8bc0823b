package lull.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Renderer of JSON of unknown form as text for people: the values of members that are usually shown,
/// in their order. Ids, tokens and names of templates are not among them. Pure.
final class ReadableJson {

    private static final Set<String> SHOWN = Set.of(
            "title",
            "subtitle",
            "heading",
            "header",
            "body",
            "text",
            "message",
            "content",
            "label",
            "description",
            "question",
            "caption",
            "footer",
            "url",
            "link",
            "elements",
            "options",
            "choices",
            "items");

    private ReadableJson() {}

    /// Returns the values with WhatsApp's marks, one per line; empty if there are none.
    static String text(JsonNode json) {
        Set<String> lines = new LinkedHashSet<>();
        collect(json, false, lines);
        return String.join("\n", lines);
    }

    private static void collect(JsonNode json, boolean isShown, Set<String> lines) {
        if (isShown && json.isTextual() && !json.textValue().isBlank()) {
            lines.add(Markdown.toWhatsApp(json.textValue().strip()));
        }
        if (json.isArray()) {
            json.forEach(item -> collect(item, isShown, lines));
        }
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = member.getKey().toLowerCase(Locale.ROOT);
            // It is shown only after the choice.
            if (!name.equals("replymessage")) {
                collect(member.getValue(), SHOWN.contains(name), lines);
            }
        }
    }
}
