package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Readers of single members of WhatsApp's objects, which may be text or number, null or missing. Pure.
final class Fields {

    private Fields() {}

    /// Returns a text or number as text; empty if it is missing, null, an object or a list.
    static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    static @Nullable String textOrNull(JsonNode node, String field) {
        return text(node, field).orElse(null);
    }
}
