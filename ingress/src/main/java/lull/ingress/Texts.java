package lull.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Texts of JSON: single members of WhatsApp's objects, which may be text or number, null or missing, and JSON in a
/// text.
final class Texts {

    private Texts() {}

    /// A text or number, if there is one that is not blank.
    static Optional<String> of(JsonNode node, String field) {
        JsonNode found = node.path(field);
        return found.isValueNode() && !found.isNull() && !found.asText().isBlank()
                ? Optional.of(found.asText())
                : Optional.empty();
    }

    /// The bytes of JSON. Half a character, which UTF-8 has not, stands in them as an escape.
    static byte[] utf8(String json) {
        if (json.codePoints().noneMatch(Texts::isHalf)) {
            return json.getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder whole = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(point -> {
            if (isHalf(point)) {
                whole.append("\\u").append(HexFormat.of().toHexDigits((char) point));
            } else {
                whole.appendCodePoint(point);
            }
        });
        return whole.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
