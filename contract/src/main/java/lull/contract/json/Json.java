package lull.contract.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Lull's one way of reading and writing JSON: unknown fields are ignored, unknown enum words are an error of
/// that value alone, absent values are left out, instants and durations are ISO-8601 text, and decimal numbers
/// keep every digit, so that a raw message that is read and written again says the same.
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // Virtual threads live too short for buffers of their own.
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .build())
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /// The value as UTF-8 bytes.
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(
                    "Not writable as JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /// The value as text.
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(
                    "Not writable as JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /// Reads a value of a type. The message of the exception never quotes the input.
    public static <T> T read(byte[] json, Class<T> type) throws UnreadableJson {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new UnreadableJson("null where a " + type.getSimpleName() + " is expected");
            }
            return value;
        } catch (IOException e) {
            throw UnreadableJson.because(type, e);
        }
    }

    /// Reads any JSON as a tree. The message of the exception never quotes the input.
    public static JsonNode tree(byte[] json) throws UnreadableJson {
        return read(json, JsonNode.class);
    }

    /// Turns a tree into a value of a type.
    public static <T> T convert(JsonNode tree, Class<T> type) throws UnreadableJson {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (IOException e) {
            throw UnreadableJson.because(type, e);
        }
    }

    /// A parser of these bytes, for those who read a few fields many times. Who uses it closes it.
    public static JsonParser parser(byte[] json) throws IOException {
        return MAPPER.createParser(json);
    }

    /// A node that is written exactly as this JSON text, equal keys and all; it can be written and nothing else.
    public static JsonNode verbatim(String json) {
        return MAPPER.getNodeFactory().rawValueNode(new RawValue(json));
    }

    /// A new, empty object.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
