package lull.applications.turns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lull.contract.application.HandOver;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.request.CheckedObject;
import lull.contract.reply.request.ContentReader;
import org.jspecify.annotations.Nullable;

/// Reader of what an application answers to a turn:
/// `{"replies":[{"type":"text","text":{"body":"Hi"}}],"handover":{"reason":"…","note":"…"}}`, both
/// optional. A reply has the form of `message` in `POST /replies`. Immutable.
///
/// Replies with a problem are not used at all, as nobody knows what is meant by half of them. A
/// hand-over is never lost: what is wrong of it is shortened or left out, because the customer is
/// to reach a person in any case.
public final class AnswerReader {

    /// Control characters that are no line breaks or tabs.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    private final int maxReplies;

    /// @param maxReplies in one answer
    public AnswerReader(int maxReplies) {
        this.maxReplies = maxReplies;
    }

    /// Returns the answer in a body; one without replies if the body is blank.
    public Answer read(byte[] body) {
        if (isBlank(body)) {
            return Answer.NONE;
        }
        JsonNode tree;
        try {
            tree = Json.tree(body);
        } catch (UnreadableJson e) {
            return Answer.unreadable(List.of("The body is not JSON"));
        }
        if (!(tree instanceof ObjectNode object)) {
            return Answer.unreadable(List.of("The body must be a JSON object"));
        }
        List<String> problems = new ArrayList<>();
        CheckedObject answer = new CheckedObject(object, "", problems);
        List<Answer.Said> replies = new ArrayList<>();
        if (answer.has("replies")) {
            for (CheckedObject reply : answer.objects("replies", 0, maxReplies)) {
                said(reply).ifPresent(replies::add);
            }
        }
        boolean areWhole = problems.isEmpty();
        HandOver handOver = handOver(object.path("handover"), problems);
        return new Answer(areWhole ? replies : List.of(), handOver, problems);
    }

    private static Optional<Answer.Said> said(CheckedObject reply) {
        Optional<ReplyContent> content = ContentReader.read(reply);
        String quoted = reply.optionalObject("context")
                .map(context -> context.text("message_id", CheckedObject.ANY_LENGTH))
                .orElse(null);
        return content.map(read -> new Answer.Said(read, quoted));
    }

    private static @Nullable HandOver handOver(JsonNode asked, List<String> problems) {
        if (asked.isMissingNode() || asked.isNull() || (asked.isBoolean() && !asked.booleanValue())) {
            return null;
        }
        if (!asked.isObject()) {
            problems.add("handover must be an object");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        JsonNode given = asked.path("attributes");
        if (given.isObject()) {
            given.properties().forEach(member -> {
                if (!member.getValue().isTextual()) {
                    problems.add("handover.attributes." + member.getKey() + " must be text");
                } else if (!HandOver.isAttribute(member.getKey())) {
                    problems.add("handover.attributes has a name with other characters than letters, digits, - and _");
                } else {
                    attributes.put(member.getKey(), member.getValue().textValue());
                }
            });
        } else if (!given.isMissingNode() && !given.isNull()) {
            problems.add("handover.attributes must be an object");
        }
        HandOver handOver = new HandOver(
                text(asked, "reason", HandOver.LONGEST_REASON, problems),
                text(asked, "note", HandOver.LONGEST_NOTE, problems),
                attributes);
        Map<String, String> accepted = handOver.acceptedAttributes();
        if (accepted.size() < attributes.size()) {
            problems.add("handover.attributes must have at most " + HandOver.MOST_ATTRIBUTES + " members, and at most "
                    + HandOver.MOST_ATTRIBUTE_BYTES + " bytes");
        }
        return new HandOver(handOver.reason(), handOver.note(), accepted);
    }

    /// Returns a text of a hand-over without control characters, shortened if it is too long; null if it is absent.
    private static @Nullable String text(JsonNode asked, String name, int longest, List<String> problems) {
        JsonNode given = asked.path(name);
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        if (!given.isTextual()) {
            problems.add("handover." + name + " must be text");
            return null;
        }
        String text = CONTROL.matcher(given.textValue()).replaceAll(" ");
        if (text.isBlank()) {
            return null;
        }
        if (text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        problems.add("handover." + name + " must have at most " + longest + " characters");
        return text.substring(0, text.offsetByCodePoints(0, longest));
    }

    private static boolean isBlank(byte[] body) {
        for (byte each : body) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }
}
