package lull.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lull.contract.json.UnreadableJson;

/// JSON trees: made, read from bytes, and written as an answer.
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /// The object in these bytes; an empty body counts as an empty object. Empty when the bytes hold anything
    /// else.
    public static Optional<ObjectNode> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.of(object());
        }
        try {
            JsonNode tree = lull.contract.json.Json.tree(bytes);
            return tree instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (UnreadableJson notJson) {
            return Optional.empty();
        }
    }

    public static String write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Answers with this tree, as UTF-8 with a Content-Length.
    public static void answer(Context context, int status, JsonNode body) {
        context.status(status)
                .contentType("application/json")
                .result(write(body).getBytes(StandardCharsets.UTF_8));
    }

    /// Answers half of this tree, and breaks the connection.
    public static void breakOff(Context context, int status, JsonNode body) {
        byte[] whole = write(body).getBytes(StandardCharsets.UTF_8);
        context.res().setStatus(status);
        context.res().setContentType("application/json");
        // The server closes a connection on which less was written than was announced.
        context.res().setContentLength(whole.length);
        try {
            context.res().getOutputStream().write(whole, 0, whole.length / 2);
            context.res().flushBuffer();
        } catch (IOException gone) {
            // Nobody listens any more, which is what was wanted.
        }
    }
}
