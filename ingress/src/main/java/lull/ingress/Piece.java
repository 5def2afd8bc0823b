package lull.ingress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lull.contract.json.UnreadableJson;

/// A JSON value as the bytes it came in, and taken apart as such: what travels on is what was sent, with its equal
/// keys, its digits and its escapes. A body is read several times a level deep, which costs less than a tree of it.
@SuppressWarnings("ArrayRecordComponent") // Never compared; the array is shared by all pieces of a body.
record Piece(byte[] bytes, int from, int to) {

    /// How deep the whole of a body may be nested.
    static final int MAX_BODY_DEPTH = 100_000;

    /// How deep a single message, status or contact may be nested; it is nested deeper still in a turn, which
    /// Jackson reads up to 500 levels.
    static final int MAX_DEPTH = 400;

    /// How long a name in one may be, in characters: so Jackson reads it.
    static final int MAX_NAME_LENGTH = StreamReadConstraints.DEFAULT_MAX_NAME_LEN;

    private static final JsonFactory PARSERS = parsers(MAX_BODY_DEPTH, Integer.MAX_VALUE);

    private static final ObjectReader TREES = JsonMapper.builder(parsers(MAX_DEPTH, MAX_NAME_LENGTH))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader();

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /// A member of an object.
    ///
    /// @param elements those of the value where it is a list
    record Member(String name, Piece value, List<Piece> elements) {}

    /// A whole body. It is checked when its members are asked for.
    static Piece whole(byte[] body) throws UnreadableJson {
        int start = Arrays.mismatch(body, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
        for (int i = start; i < Math.min(start + 4, body.length); i++) {
            if (body[i] == 0 || body[i] == (byte) 0xFE || body[i] == (byte) 0xFF) {
                throw new UnreadableJson("Not UTF-8");
            }
        }
        return new Piece(body, start, body.length);
    }

    /// The members of an object in their order, equal names too; empty where this is no object.
    List<Member> members() throws UnreadableJson {
        List<Member> members = new ArrayList<>();
        try (JsonParser parser = PARSERS.createParser(bytes, from, to - from)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.add(member(name, parser));
                }
                if (parser.nextToken() != null) {
                    throw new UnreadableJson("More behind the end");
                }
            }
        } catch (IOException | IllegalStateException e) {
            throw new UnreadableJson("Not JSON (" + e.getClass().getSimpleName() + ")");
        }
        return members;
    }

    boolean isObject() {
        return bytes[from] == '{';
    }

    boolean isList() {
        return bytes[from] == '[';
    }

    boolean isText() {
        return bytes[from] == '"';
    }

    boolean isNull() {
        return bytes[from] == 'n';
    }

    boolean isScalar() {
        return !isObject() && !isList();
    }

    /// The value as a tree; throws where it is nested deeper than [#MAX_DEPTH], or else more than Jackson reads.
    JsonNode tree() throws UnreadableJson {
        try {
            return TREES.readTree(bytes, from, to - from);
        } catch (IOException e) {
            throw new UnreadableJson("Not readable (" + e.getClass().getSimpleName() + ")");
        }
    }

    /// The value as JSON text, character by character; throws where it is not UTF-8.
    String text() throws UnreadableJson {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableJson("Not UTF-8");
        }
    }

    int length() {
        return to - from;
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    @Override
    public String toString() {
        return "Piece[" + length() + " bytes]";
    }

    private Member member(String name, JsonParser parser) throws IOException {
        int start = start(parser);
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return new Member(name, rest(parser, start), List.of());
        }
        List<Piece> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(rest(parser, start(parser)));
        }
        return new Member(name, new Piece(bytes, start, end(parser)), elements);
    }

    /// The value that begins at the parser's token, which is left at its last one.
    private Piece rest(JsonParser parser, int start) throws IOException {
        parser.skipChildren();
        parser.finishToken();
        return new Piece(bytes, start, end(parser));
    }

    /// Names are not interned, and texts not bounded, as the body as a whole is.
    private static JsonFactory parsers(int maxDepth, int maxNameLength) {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(maxNameLength)
                        .maxNumberLength(1_000)
                        .build())
                .build();
    }

    private int start(JsonParser parser) {
        return from + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    private int end(JsonParser parser) {
        return from + Math.toIntExact(parser.currentLocation().getByteOffset());
    }
}
