package lull.ingress.channel;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Readers of members of foreign objects, which may be text or numbers, null or missing. Pure.
final class Members {

    private Members() {}

    /// Returns a text or number as text; null if it is missing, empty, null, an object or a list.
    static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty() ? value.asText() : null;
    }

    /// Returns the same, with empty text in place of null.
    static String textOrEmpty(JsonNode object, String name) {
        String text = text(object, name);
        return text == null ? "" : text;
    }

    static boolean flag(JsonNode object, String name) {
        return object.path(name).asBoolean(false);
    }
}
