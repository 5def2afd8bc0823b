package lull.whatsapp.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Locale;
import lull.contract.json.Json;

/// File among the parameters of an action.
///
/// @param type its media type
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record ActionFile(String name, String type, byte[] content) {

    /// Returns the file in a parameter that is valid.
    static ActionFile of(JsonNode value) {
        return new ActionFile(
                value.path("name").asText(),
                type(value),
                Base64.getDecoder().decode(value.path("content").asText()));
    }

    /// The media type without parameters, in lower case.
    static String type(JsonNode value) {
        return value.path("type").asText("").replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /// The size of the content in bytes; less than 0 if it is not Base64.
    static int size(JsonNode value) {
        JsonNode content = value.path("content");
        if (!content.isTextual()) {
            return -1;
        }
        try {
            return Base64.getDecoder().decode(content.textValue()).length;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    /// Returns the parameter for a file.
    public ObjectNode parameter() {
        return Json.object()
                .put("name", name)
                .put("type", type)
                .put("content", Base64.getEncoder().encodeToString(content));
    }
}
