package lull.applications.turns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
/// An answer with a problem is not used at all, as nobody knows what is meant by half of it.
public final class AnswerReader {

    private static final int LONGEST_REASON = 256;
    private static final int LONGEST_NOTE = 8 * 1024;

    /// What Amazon Connect takes, with room for Lull's own attributes.
    private static final int MOST_ATTRIBUTES = 50;

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
        HandOver handOver = answer.optionalObject("handover")
                .map(asked -> handOver(asked, problems))
                .orElse(null);
        return problems.isEmpty() ? new Answer(replies, handOver, List.of()) : Answer.unreadable(problems);
    }

    private static Optional<Answer.Said> said(CheckedObject reply) {
        Optional<ReplyContent> content = ContentReader.read(reply);
        String quoted = reply.optionalObject("context")
                .map(context -> context.text("message_id", CheckedObject.ANY_LENGTH))
                .orElse(null);
        return content.map(read -> new Answer.Said(read, quoted));
    }

    private static HandOver handOver(CheckedObject asked, List<String> problems) {
        String reason = asked.optionalText("reason", LONGEST_REASON);
        String note = asked.optionalText("note", LONGEST_NOTE);
        Map<String, String> attributes = new LinkedHashMap<>();
        asked.optionalObject("attributes").ifPresent(object -> {
            ObjectNode members = object.more();
            if (members != null) {
                members.properties().forEach(member -> {
                    if (member.getValue().isTextual()) {
                        attributes.put(member.getKey(), member.getValue().textValue());
                    } else {
                        problems.add("handover.attributes." + member.getKey() + " must be text");
                    }
                });
            }
            if (attributes.size() > MOST_ATTRIBUTES) {
                problems.add("handover.attributes must have at most " + MOST_ATTRIBUTES + " members");
            }
        });
        return new HandOver(blankToNull(reason), blankToNull(note), attributes);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
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
