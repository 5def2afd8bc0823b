package lull.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/// Reader of foreign JSON, with limits. Every read returns a value or throws [UnreadableJson],
/// whatever Jackson or a conversion throws, including a stack overflow. No other class parses JSON: a
/// rule of the build forbids it.
///
/// A number whose exponent has more than three digits is unreadable, so no number that was read can
/// grow into millions of digits. Safe for several threads.
public final class JsonReader {

    private final JsonMapper mapper;

    private JsonReader(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /// Reads with a parser, token by token. Any exception except `X` makes the bytes unreadable.
    @FunctionalInterface
    public interface TokenReader<T, X extends Exception> {
        T read(JsonParser parser) throws IOException, UnreadableJson, X;
    }

    /// How deep and how long foreign JSON may be.
    ///
    /// @param depth how deep objects and lists may be nested
    /// @param nameLength how long a member's name may be, in characters
    /// @param numberLength how many digits a number may have
    public record Options(int depth, int nameLength, int numberLength) {

        /// The limits for a record on a topic, and for every answer and notification.
        public static final Options USUAL = new Options(
                StreamReadConstraints.DEFAULT_MAX_DEPTH,
                StreamReadConstraints.DEFAULT_MAX_NAME_LEN,
                StreamReadConstraints.DEFAULT_MAX_NUM_LEN);

        /// Returns the same limits with another depth.
        public Options withDepth(int other) {
            return new Options(other, nameLength, numberLength);
        }
    }

    /// Creates a reader of trees and tokens with limits. Names are not interned, because anybody may
    /// have chosen them. Texts have no bound of their own, because the bytes as a whole have one.
    public static JsonReader within(Options options) {
        return new JsonReader(Json.mapper(JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(options.depth())
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(options.nameLength())
                        .maxNumberLength(options.numberLength())
                        .build())
                .build()));
    }

    static JsonReader of(JsonMapper mapper) {
        return new JsonReader(mapper);
    }

    /// Reads a part of bytes as a tree.
    public JsonNode tree(byte[] bytes, int from, int length) throws UnreadableJson {
        return read(bytes, from, length, JsonNode.class);
    }

    <T> T read(byte[] bytes, int from, int length, Class<T> type) throws UnreadableJson {
        T value = guarded(type, () -> {
            try (JsonParser parser = new BoundedParser(mapper.createParser(bytes, from, length))) {
                return mapper.readValue(parser, type);
            }
        });
        if (value == null) {
            throw new UnreadableJson("null, but a value of type " + type.getSimpleName() + " is expected");
        }
        RequiredMembers.check(value);
        return value;
    }

    <T> T convert(JsonNode tree, Class<T> type) throws UnreadableJson {
        T value = guarded(type, () -> mapper.treeToValue(tree, type));
        RequiredMembers.check(value);
        return value;
    }

    /// Reads a part of bytes token by token.
    ///
    /// @param what the name for it in the exception
    public <T, X extends Exception> T stream(
            byte[] bytes, int from, int length, Class<?> what, TokenReader<T, X> reader) throws UnreadableJson, X {
        try (JsonParser parser = mapper.createParser(bytes, from, length)) {
            return reader.read(parser);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw UnreadableJson.because(what, e);
        }
    }

    private interface Parse<T> {
        T now() throws IOException;
    }

    private static <T> T guarded(Class<T> type, Parse<T> parse) throws UnreadableJson {
        try {
            return parse.now();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw UnreadableJson.because(type, e);
        }
    }
}
