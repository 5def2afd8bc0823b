package lull.standins.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import lull.contract.json.UnreadableJson;

/// JSON trees: made, read from bytes, and written as an answer.
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Duration BLANK_EVERY = Duration.ofMillis(200);
    private static final int BLANKS = Math.toIntExact(Duration.ofMinutes(10).dividedBy(BLANK_EVERY));

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

    /// Answers half of this tree, and then a blank at a time, until the client gives up or ten minutes have passed.
    public static void hang(Context context, int status, JsonNode body) {
        byte[] whole = write(body).getBytes(StandardCharsets.UTF_8);
        context.res().setStatus(status);
        context.res().setContentType("application/json");
        context.res().setContentLength(whole.length + BLANKS);
        try {
            OutputStream out = context.res().getOutputStream();
            out.write(whole, 0, whole.length / 2);
            for (int blank = 0; blank < BLANKS; blank++) {
                out.write(' ');
                out.flush();
                Thread.sleep(BLANK_EVERY);
            }
        } catch (IOException gone) {
            // The client has given up, which is what was wanted.
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
