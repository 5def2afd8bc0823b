package lull.runtime.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// Policy of an SQS queue: who may send messages to it.
record QueuePolicy(JsonNode statements) {

    private static final String SNS = "sns.amazonaws.com";

    /// Parses a policy document; throws `UnreadableJson` if it is not one.
    static QueuePolicy parse(String document) throws UnreadableJson {
        return new QueuePolicy(Json.tree(document).path("Statement"));
    }

    /// Whether an SNS topic may send to the queue, as far as its ARN decides.
    boolean lets(String topicArn) {
        List<JsonNode> all = elements(statements);
        return all.stream().anyMatch(statement -> isEffect(statement, "Allow") && concerns(statement, topicArn))
                && all.stream().noneMatch(statement -> isEffect(statement, "Deny") && concerns(statement, topicArn));
    }

    private static boolean isEffect(JsonNode statement, String effect) {
        return statement.path("Effect").asText().equals(effect);
    }

    private static boolean concerns(JsonNode statement, String topicArn) {
        return isSns(statement.path("Principal"))
                && texts(statement.path("Action")).stream()
                        .map(action -> action.toLowerCase(Locale.ROOT))
                        .anyMatch(action -> matches(action, "sqs:sendmessage"))
                && holds(statement.path("Condition"), topicArn);
    }

    private static boolean isSns(JsonNode principal) {
        return texts(principal).contains("*")
                || texts(principal.path("AWS")).contains("*")
                || texts(principal.path("Service")).contains(SNS);
    }

    /// Whether the conditions on the source hold for the topic. Conditions on anything else are assumed
    /// to hold.
    private static boolean holds(JsonNode conditions, String topicArn) {
        for (JsonNode operator : conditions) {
            for (var condition : operator.properties()) {
                boolean isSource = condition.getKey().equalsIgnoreCase("aws:SourceArn");
                if (isSource && texts(condition.getValue()).stream().noneMatch(arn -> matches(arn, topicArn))) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Whether a text matches a pattern, in which `*` is any characters and `?` is one. If a star
    /// matched too little, it takes one more character, and no earlier star is tried again: so no
    /// policy makes it slow.
    private static boolean matches(String pattern, String text) {
        int inPattern = 0;
        int inText = 0;
        int star = -1;
        int afterStar = 0;
        while (inText < text.length()) {
            char wanted = inPattern < pattern.length() ? pattern.charAt(inPattern) : 0;
            if (wanted == '*') {
                star = inPattern++;
                afterStar = inText;
            } else if (inPattern < pattern.length() && (wanted == '?' || wanted == text.charAt(inText))) {
                inPattern++;
                inText++;
            } else if (star >= 0) {
                inPattern = star + 1;
                inText = ++afterStar;
            } else {
                return false;
            }
        }
        while (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
            inPattern++;
        }
        return inPattern == pattern.length();
    }

    private static List<String> texts(JsonNode one) {
        List<String> texts = new ArrayList<>();
        elements(one).stream().filter(JsonNode::isTextual).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /// A policy may contain a single value in place of a list of one.
    private static List<JsonNode> elements(JsonNode node) {
        if (!node.isArray()) {
            return node.isMissingNode() ? List.of() : List.of(node);
        }
        return node.valueStream().toList();
    }
}
