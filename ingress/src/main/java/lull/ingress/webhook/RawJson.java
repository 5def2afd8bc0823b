package lull.ingress.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lull.contract.json.JsonReader;
import lull.contract.json.JsonReader.Bounds;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;

/// A JSON value as the bytes it came in, and taken apart as such: what travels on is what was sent, with its equal
/// keys, its digits and its escapes. The upper levels of a body are read in one pass and the rest on demand, which
/// costs less than a tree of it.
final class RawJson {

    /// How deep the whole of a body may be nested.
    static final int MAX_BODY_DEPTH = 100_000;

    /// How deep a single message, status or contact may be nested; it is nested deeper still in a turn, which
    /// Jackson reads up to 500 levels.
    static final int MAX_DEPTH = 400;

    /// How long a name in one may be, in characters: so Jackson reads it.
    static final int MAX_NAME_LENGTH = Bounds.USUAL.nameLength();

    /// How many digits a number in one may have: so Jackson reads it.
    static final int MAX_NUMBER_LENGTH = Bounds.USUAL.numberLength();

    private static final JsonReader BODIES =
            JsonReader.within(new Bounds(MAX_BODY_DEPTH, Integer.MAX_VALUE, Integer.MAX_VALUE));

    private static final JsonReader TREES = JsonReader.within(Bounds.USUAL.withDepth(MAX_DEPTH));

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /// How many objects within each other are read in one pass: a webhook, its entries, their changes and values, and
    /// what these hold.
    private static final int LEVELS = 5;

    /// The whole body, of which this is the part from `from` up to `to`.
    private final byte[] bytes;

    private final int from;
    private final int to;

    /// The members, where they have been read already.
    private final @Nullable List<Member> known;

    RawJson(byte[] bytes, int from, int to) {
        this(bytes, from, to, null);
    }

    private RawJson(byte[] bytes, int from, int to, @Nullable List<Member> known) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.known = known;
    }

    /// A member of an object.
    ///
    /// @param elements those of the value where it is a list
    record Member(String name, RawJson value, List<RawJson> elements) {}

    /// A whole body. It is checked when its members are asked for.
    static RawJson whole(byte[] body) throws UnreadableJson {
        int start = Arrays.mismatch(body, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
        for (int i = start; i < Math.min(start + 4, body.length); i++) {
            if (body[i] == 0 || body[i] == (byte) 0xFE) {
                throw new UnreadableJson("Not UTF-8");
            }
        }
        for (byte one : body) {
            // No UTF-8 has it, and Jackson takes a name with it for the name without.
            if (one == (byte) 0xFF) {
                throw new UnreadableJson("Not UTF-8");
            }
        }
        return new RawJson(body, start, body.length);
    }

    /// The members of an object in their order, equal names too; empty where this is no object.
    List<Member> members() throws UnreadableJson {
        if (known != null) {
            return known;
        }
        return BODIES.stream(bytes, from, to - from, RawJson.class, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return List.of();
            }
            List<Member> members = members(parser, LEVELS);
            if (parser.nextToken() != null) {
                throw new UnreadableJson("Data after the end");
            }
            return members;
        });
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
        return TREES.tree(bytes, from, to - from);
    }

    /// A text or a number as text; empty for everything else, and where it cannot be read.
    Optional<String> scalar() {
        if (isObject() || isList() || isNull()) {
            return Optional.empty();
        }
        if (isText() && isPlain()) {
            return Optional.of(new String(bytes, from + 1, length() - 2, StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(tree().asText());
        } catch (UnreadableJson e) {
            return Optional.empty();
        }
    }

    /// A text or a number as text; empty text for everything else.
    String textOrEmpty() {
        return scalar().orElse("");
    }

    /// The value as a tree, for those who only take something from it; a missing node where it cannot be read.
    JsonNode treeIfReadable() {
        try {
            return tree();
        } catch (UnreadableJson e) {
            return MissingNode.getInstance();
        }
    }

    /// Whether there is neither an escape nor anything beyond ASCII.
    private boolean isPlain() {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
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

    /// The members of the object at whose beginning the parser is, which is left at its end.
    private List<Member> members(JsonParser parser, int levels) throws IOException {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken first = parser.nextToken();
            int start = start(parser);
            List<RawJson> elements = List.of();
            if (first == JsonToken.START_ARRAY) {
                elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser, levels));
                }
            }
            RawJson value =
                    first == JsonToken.START_ARRAY ? new RawJson(bytes, start, end(parser)) : value(parser, levels);
            members.add(new Member(name, value, elements));
        }
        return members;
    }

    /// The value at whose beginning the parser is, which is left at its end.
    private RawJson value(JsonParser parser, int levels) throws IOException {
        int start = start(parser);
        List<Member> members = null;
        if (levels > 1 && parser.currentToken() == JsonToken.START_OBJECT) {
            members = members(parser, levels - 1);
        } else {
            parser.skipChildren();
            parser.finishToken();
        }
        return new RawJson(bytes, start, end(parser), members);
    }

    private int start(JsonParser parser) {
        return from + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    private int end(JsonParser parser) {
        return from + Math.toIntExact(parser.currentLocation().getByteOffset());
    }
}
