package lull.ingress.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// Texts of single members of WhatsApp's objects, which may be text or number, null or missing. Pure.
final class Texts {

    private Texts() {}

    /// Returns a text or number, if there is one that is not blank.
    static Optional<String> of(JsonNode node, String field) {
        JsonNode found = node.path(field);
        return found.isValueNode() && !found.isNull() && !found.asText().isBlank()
                ? Optional.of(found.asText())
                : Optional.empty();
    }
}
