package lull.aggregator.turn;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Content;
import lull.contract.message.Source;
import lull.contract.trace.TraceParent;
import org.jspecify.annotations.Nullable;

/// Fast reader of text messages in the envelope that an ingress writes, which nearly all messages are.
/// Reads in one pass and builds no tree. WhatsApp's own object stays as it arrived. Anything unusual is
/// left to the full parser.
final class QuickReader {

    private enum Member {
        ID,
        CONVERSATION,
        RECEIVED_AT,
        SOURCE,
        BUSINESS,
        CUSTOMER,
        CONTACT,
        RAW
    }

    private static final Set<Member> NEEDED = EnumSet.complementOf(EnumSet.of(Member.CONTACT));

    /// Replaces invalid UTF-8 in decoded text.
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] value;
    private final JsonParser in;
    private final Set<Member> seen = EnumSet.noneOf(Member.class);

    private String id = "";
    private String conversation = "";
    private Source source = new Source("", "");
    private String receivedAt = "";
    private Business business = new Business("", null, null);
    private Customer customer = new Customer(null, null, null);
    private @Nullable String sentAt;
    private @Nullable String type;
    private @Nullable String body;
    private String raw = "";

    private QuickReader(byte[] value, JsonParser in) {
        this.value = value;
        this.in = in;
    }

    /// Thrown if a message is not in the usual form.
    private static final class Unusual extends Exception {
        private static final long serialVersionUID = 1L;

        Unusual() {
            super(null, null, false, false);
        }
    }

    /// Returns the message in a value of an input topic, or null if the value is not a text message in
    /// the usual form; the caller then uses the full parser, which also finds out whether the value is
    /// valid.
    static @Nullable ParsedMessage read(byte[] value) {
        try {
            return Json.stream(value, ParsedMessage.class, in -> new QuickReader(value, in).message());
        } catch (Unusual | UnreadableJson e) {
            return null;
        }
    }

    private ParsedMessage message() throws IOException, Unusual {
        require(in.nextToken() == JsonToken.START_OBJECT);
        require("kind".equals(in.nextFieldName()) && "message".equals(in.nextTextValue()));
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            member(name);
        }
        require(in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null && seen.containsAll(NEEDED));
        require("text".equals(type));
        return new ParsedMessage(
                id,
                ConversationKey.parse(conversation),
                QuickInstant.parse(receivedAt),
                present(Timestamps.ofEpochSecond(present(sentAt)).orElse(null)),
                business,
                customer,
                new Content.Text(present(body)),
                source,
                verbatim());
    }

    private void member(String name) throws IOException, Unusual {
        switch (name) {
            case "id" -> {
                first(Member.ID);
                id = text();
            }
            case "conversation" -> {
                first(Member.CONVERSATION);
                conversation = text();
            }
            case "receivedAt" -> {
                first(Member.RECEIVED_AT);
                receivedAt = text();
            }
            case "source" -> {
                first(Member.SOURCE);
                @Nullable String[] texts = texts("door", "app", "trace");
                source =
                        new Source(present(texts[0]), texts[1] == null ? "" : texts[1]).in(TraceParent.parse(texts[2]));
            }
            case "business" -> {
                first(Member.BUSINESS);
                @Nullable String[] texts = texts("phoneNumberId", "displayPhoneNumber", "accountId", "arn");
                business = new Business(present(texts[0]), texts[1], texts[2], texts[3]);
            }
            case "customer" -> {
                first(Member.CUSTOMER);
                @Nullable String[] texts = texts("userId", "phone", "name", "parentUserId", "username");
                customer = new Customer(texts[0], texts[1], texts[2], texts[3], texts[4]);
            }
            case "contact" -> {
                first(Member.CONTACT);
                in.nextToken();
                in.skipChildren();
            }
            case "raw" -> {
                first(Member.RAW);
                raw();
            }
            default -> throw new Unusual();
        }
    }

    private void raw() throws IOException, Unusual {
        require(in.nextToken() == JsonToken.START_OBJECT);
        int from = (int) in.currentTokenLocation().getByteOffset();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            switch (name) {
                case "timestamp" -> {
                    require(sentAt == null);
                    sentAt = text();
                }
                case "type" -> {
                    require(type == null);
                    type = text();
                }
                case "text" -> {
                    require(body == null);
                    body = present(texts("body")[0]);
                }
                default -> {
                    in.nextToken();
                    in.skipChildren();
                }
            }
        }
        int to = (int) in.currentLocation().getByteOffset();
        require(from >= 0 && value[from] == '{' && value[to - 1] == '}');
        raw = new String(value, from, to - from, StandardCharsets.UTF_8);
    }

    private JsonNode verbatim() throws Unusual {
        require(raw.indexOf(REPLACEMENT) < 0);
        return Json.verbatim(raw);
    }

    /// Returns the members of an object of texts; throws `Unusual` if the object has any other member.
    private @Nullable String[] texts(String... names) throws IOException, Unusual {
        require(in.nextToken() == JsonToken.START_OBJECT);
        @Nullable String[] texts = new @Nullable String[names.length];
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            int at = 0;
            while (at < names.length && !names[at].equals(name)) {
                at++;
            }
            require(at < names.length && texts[at] == null);
            texts[at] = text();
        }
        return texts;
    }

    private String text() throws IOException, Unusual {
        return present(in.nextTextValue());
    }

    private static <T> T present(@Nullable T value) throws Unusual {
        if (value == null) {
            throw new Unusual();
        }
        return value;
    }

    private void first(Member member) throws Unusual {
        require(seen.add(member));
    }

    private static void require(boolean usual) throws Unusual {
        if (!usual) {
            throw new Unusual();
        }
    }
}
