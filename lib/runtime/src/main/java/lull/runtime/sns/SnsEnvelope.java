package lull.runtime.sns;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// SNS's envelope as it arrived: the texts of its members are unchanged, because they are what was
/// signed.
record SnsEnvelope(Map<String, String> members, Map<String, String> attributes) {

    private static final List<String> SIGNED_OF_NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> SIGNED_OF_CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    private static final String SUBJECT = "Subject";

    private static final String ATTRIBUTES = "MessageAttributes";

    /// The members that are read. Others are skipped, regardless of their number.
    private static final Set<String> KNOWN = Set.of(
            "Type",
            "MessageId",
            "TopicArn",
            SUBJECT,
            "Message",
            "Timestamp",
            "SignatureVersion",
            "Signature",
            "SigningCertURL",
            "SubscribeURL",
            "Token");

    /// Further attributes are skipped.
    private static final int MAX_ATTRIBUTES = 64;

    /// Reads an envelope member by member, because its sender is unknown; empty if the bytes are not a
    /// JSON object, or name a member twice.
    static Optional<SnsEnvelope> read(byte[] body) {
        try {
            return Json.stream(body, SnsEnvelope.class, SnsEnvelope::read);
        } catch (UnreadableJson e) {
            return Optional.empty();
        }
    }

    private static Optional<SnsEnvelope> read(JsonParser parser) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        boolean hasAttributes = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals(ATTRIBUTES)) {
                if (hasAttributes) {
                    return Optional.empty();
                }
                hasAttributes = true;
                readAttributes(parser, attributes);
            } else if (KNOWN.contains(name) && value == JsonToken.VALUE_STRING) {
                if (members.put(name, parser.getText()) != null) {
                    return Optional.empty();
                }
            } else {
                parser.skipChildren();
            }
        }
        boolean isWhole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        return isWhole ? Optional.of(new SnsEnvelope(members, attributes)) : Optional.empty();
    }

    /// Reads `{"name":{"Type":"String","Value":"..."}}`.
    private static void readAttributes(JsonParser parser, Map<String, String> attributes) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.START_OBJECT || attributes.size() >= MAX_ATTRIBUTES) {
                parser.skipChildren();
                continue;
            }
            for (String part = parser.nextFieldName(); part != null; part = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.VALUE_STRING && part.equals("Value")) {
                    attributes.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    /// Returns a member's text; empty if it has none.
    String get(String name) {
        return members.getOrDefault(name, "");
    }

    boolean isNotification() {
        return get("Type").equals("Notification");
    }

    /// Returns the first signed member that is missing, other than optional ones.
    Optional<String> missing() {
        return signed().stream()
                .filter(name -> !name.equals(SUBJECT) && !members.containsKey(name))
                .findFirst();
    }

    /// Returns what SNS has signed: name and text of each signed member, each followed by a line feed.
    String canonical() {
        StringBuilder text = new StringBuilder();
        for (String name : signed()) {
            String value = members.get(name);
            if (value != null) {
                text.append(name).append('\n').append(value).append('\n');
            }
        }
        return text.toString();
    }

    private List<String> signed() {
        return isNotification() ? SIGNED_OF_NOTIFICATION : SIGNED_OF_CONFIRMATION;
    }

    @Override
    public String toString() {
        return "SnsEnvelope[" + get("MessageId") + "]";
    }
}
