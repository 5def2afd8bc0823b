package lull.contract.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Reader and writer of all of Lull's JSON. Unknown fields are ignored, an unknown enum word is an
/// error of that value only, absent values are omitted, instants and durations are ISO-8601 text, and
/// decimal numbers keep every digit, so that a raw message keeps its content when it is read and
/// written again.
public final class Json {

    private static final JsonMapper MAPPER = mapper(JsonFactory.builder()
            // Virtual threads live too short to have buffers of their own.
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build());

    /// UTF-8 cannot encode a lone surrogate, so a text with one is written in ASCII, as an escape.
    private static final ObjectWriter ASCII = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private static final JsonReader READER = JsonReader.of(MAPPER);

    private static final JsonReader STRICT = JsonReader.of(MAPPER.rebuild()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build());

    private Json() {}

    static JsonMapper mapper(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .addModule(new JavaTimeModule())
                .addModule(Timestamps.module())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /// Writes the value as UTF-8 bytes.
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            return escaped(value);
        }
    }

    private static byte[] escaped(Object value) {
        try {
            return ASCII.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(
                    "Not writable as JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /// Writes the value as text, which has no lone surrogates.
    public static String text(Object value) {
        try {
            return LoneSurrogates.escaped(MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(
                    "Not writable as JSON: " + value.getClass().getSimpleName(), e);
        }
    }

    /// Reads a value of a type. The message of the exception never quotes the input.
    public static <T> T read(byte[] json, Class<T> type) throws UnreadableJson {
        return READER.read(json, 0, json.length, type);
    }

    /// Reads any JSON as a tree. The message of the exception never quotes the input.
    public static JsonNode tree(byte[] json) throws UnreadableJson {
        return read(json, JsonNode.class);
    }

    /// Reads any JSON that a person wrote as a tree. Unlike [#tree(byte[])] it accepts no object that has a name
    /// twice, of which one value would be ignored.
    public static JsonNode strictTree(byte[] json) throws UnreadableJson {
        return STRICT.read(json, 0, json.length, JsonNode.class);
    }

    /// Reads any JSON in a text as a tree.
    public static JsonNode tree(String json) throws UnreadableJson {
        return tree(utf8(json));
    }

    /// Converts a tree to a value of a type.
    public static <T> T convert(JsonNode tree, Class<T> type) throws UnreadableJson {
        return READER.convert(tree, type);
    }

    /// Reads JSON token by token, for callers that read few fields many times.
    ///
    /// @param what the name for it in the exception
    public static <T, X extends Exception> T stream(byte[] json, Class<?> what, JsonReader.TokenReader<T, X> reader)
            throws UnreadableJson, X {
        return READER.stream(json, 0, json.length, what, reader);
    }

    /// Returns the bytes of JSON text. Lone surrogates, which UTF-8 cannot encode, are escaped.
    public static byte[] utf8(String json) {
        return LoneSurrogates.escaped(json).getBytes(StandardCharsets.UTF_8);
    }

    /// Returns a node that is written exactly as this JSON text, including duplicate names; it supports
    /// nothing but writing.
    public static JsonNode verbatim(String json) {
        return MAPPER.getNodeFactory().rawValueNode(new RawValue(json));
    }

    /// Creates a new, empty object.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
