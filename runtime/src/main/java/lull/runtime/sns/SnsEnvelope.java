package lull.runtime.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// SNS's envelope as it came: the texts of its members are untouched, because they are what was signed.
record SnsEnvelope(Map<String, String> members, Map<String, String> attributes) {

    private static final List<String> SIGNED_OF_NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> SIGNED_OF_CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    private static final String SUBJECT = "Subject";

    /// Reads an envelope; empty where the bytes are no JSON object.
    static Optional<SnsEnvelope> read(byte[] body) {
        JsonNode tree;
        try {
            tree = Json.tree(body);
        } catch (UnreadableJson e) {
            return Optional.empty();
        }
        if (!tree.isObject()) {
            return Optional.empty();
        }
        Map<String, String> members = new LinkedHashMap<>();
        tree.properties().forEach(member -> {
            if (member.getValue().isTextual()) {
                members.put(member.getKey(), member.getValue().textValue());
            }
        });
        Map<String, String> attributes = new LinkedHashMap<>();
        tree.path("MessageAttributes").properties().forEach(attribute -> {
            JsonNode value = attribute.getValue().path("Value");
            if (value.isTextual()) {
                attributes.put(attribute.getKey(), value.textValue());
            }
        });
        return Optional.of(new SnsEnvelope(members, attributes));
    }

    /// A member's text; empty where it has none.
    String get(String name) {
        return members.getOrDefault(name, "");
    }

    boolean isNotification() {
        return get("Type").equals("Notification");
    }

    /// The first signed member that is missing, beside those which may be.
    Optional<String> missing() {
        return signed().stream()
                .filter(name -> !name.equals(SUBJECT) && !members.containsKey(name))
                .findFirst();
    }

    /// What SNS has signed: name and text of each signed member, each followed by a line feed.
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
