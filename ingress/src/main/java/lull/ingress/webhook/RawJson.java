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
import lull.contract.json.JsonReader.Options;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;

/// JSON value as the bytes in which it arrived. It is split without decoding, so that records contain
/// what was sent, with its duplicate names, digits and escapes. The upper levels of a body are read in
/// one pass and the rest on demand, which costs less than a tree.
final class RawJson {

    /// How deep a whole body may be nested.
    static final int MAX_BODY_DEPTH = 100_000;

    /// How deep a single message, status or contact may be nested; in a turn it is nested deeper, and
    /// Jackson reads up to 500 levels.
    static final int MAX_DEPTH = 400;

    /// How long a name in one may be, in characters: Jackson's limit.
    static final int MAX_NAME_LENGTH = Options.USUAL.nameLength();

    /// How many digits a number in one may have: Jackson's limit.
    static final int MAX_NUMBER_LENGTH = Options.USUAL.numberLength();

    private static final JsonReader BODIES =
            JsonReader.within(new Options(MAX_BODY_DEPTH, Integer.MAX_VALUE, Integer.MAX_VALUE));

    private static final JsonReader TREES = JsonReader.within(Options.USUAL.withDepth(MAX_DEPTH));

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /// How many levels of objects are read in one pass: a webhook, its entries, their changes and
    /// values, and the members of these.
    private static final int LEVELS = 5;

    /// The whole body; this value is the part from `from` up to `to`.
    private final byte[] bytes;

    private final int from;
    private final int to;

    /// The members, if they have been read already.
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
    /// @param elements the elements of the value if it is a list
    record Member(String name, RawJson value, List<RawJson> elements) {}

    /// Returns a whole body. It is checked when its members are read.
    static RawJson whole(byte[] body) throws UnreadableJson {
        int start = Arrays.mismatch(body, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
        for (int i = start; i < Math.min(start + 4, body.length); i++) {
            if (body[i] == 0 || body[i] == (byte) 0xFE) {
                throw new UnreadableJson("Not UTF-8");
            }
        }
        for (byte one : body) {
            // Never occurs in UTF-8; Jackson ignores it in a name.
            if (one == (byte) 0xFF) {
                throw new UnreadableJson("Not UTF-8");
            }
        }
        return new RawJson(body, start, body.length);
    }

    /// Returns the members of an object in their order, including duplicate names; empty if this is not
    /// an object.
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

    /// Returns the value as a tree; throws if it is nested deeper than [#MAX_DEPTH] or exceeds another
    /// limit of Jackson.
    JsonNode tree() throws UnreadableJson {
        return TREES.tree(bytes, from, to - from);
    }

    /// Returns a text or a number as text; empty for everything else, and if it cannot be read.
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

    /// Returns a text or a number as text; empty text for everything else.
    String textOrEmpty() {
        return scalar().orElse("");
    }

    /// Returns the value as a tree for callers that only look up single members; a missing node if it
    /// cannot be read.
    JsonNode treeIfReadable() {
        try {
            return tree();
        } catch (UnreadableJson e) {
            return MissingNode.getInstance();
        }
    }

    /// Whether it has neither escapes nor characters outside ASCII.
    private boolean isPlain() {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /// Returns the value as JSON text, character by character; throws if it is not UTF-8.
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
        return "RawJson[" + length() + " bytes]";
    }

    /// Reads the members of the object at whose start the parser is, and leaves the parser at its end.
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

    /// Reads the value at whose start the parser is, and leaves the parser at its end.
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
