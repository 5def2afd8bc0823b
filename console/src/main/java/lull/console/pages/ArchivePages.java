package lull.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.console.sources.Answer;
import org.jspecify.annotations.Nullable;

/// Contents of the pages about conversations, messages and journeys, from answers of the archive. Pure.
public final class ArchivePages {

    private ArchivePages() {}

    /// Page of a list of the archive, or why it is unknown.
    ///
    /// @param next the cursor of the next page; empty on the last one
    /// @param problem in a sentence; empty if the list is known
    /// @param status of HTTP if the archive refused; 0 otherwise
    public record Listed(List<Map<String, @Nullable Object>> items, String next, String problem, int status) {

        static Listed unknown(String problem, int status) {
            return new Listed(List.of(), "", problem, status);
        }

        @Override
        public String toString() {
            return "Listed[" + items.size() + "]";
        }
    }

    private static final String[] CONVERSATION = {
        "conversation",
        "businessNumber",
        "customer",
        "name",
        "username",
        "phone",
        "lastActivityAt",
        "lastInboundAt",
        "lastOutboundAt",
        "unread",
        "archived",
        "archivedAt",
        "archivedBy"
    };

    private static final String[] MESSAGE = {
        "id",
        "whatsAppId",
        "conversation",
        "direction",
        "kind",
        "text",
        "mediaType",
        "filename",
        "file",
        "sender",
        "senderName",
        "refersTo",
        "sentAt",
        "at"
    };

    private static final String[] STEP = {
        "step",
        "detail",
        "at",
        "sinceMillis",
        "topic",
        "partition",
        "offset",
        "conversation",
        "messageId",
        "turnId",
        "contactId",
        "connectId",
        "replyId",
        "part",
        "deadLetter"
    };

    /// Returns conversations, each with the address of its page.
    public static Listed conversations(Answer answer) {
        return listed(answer, CONVERSATION, ArchivePages::withPage);
    }

    /// Returns the conversation in an answer; no items if it is unknown.
    public static Listed conversation(Answer answer) {
        return switch (answer) {
            case Answer.Unknown(String reason) -> Listed.unknown(reason, 0);
            case Answer.Refused(int status, String reason, var _) -> Listed.unknown(reason, status);
            case Answer.Known(JsonNode body) ->
                new Listed(List.of(withPage(JsonMaps.of(body, CONVERSATION))), "", "", 0);
        };
    }

    /// Returns messages, newest first.
    ///
    /// @param areTextsShown whether the operator has asked for texts; otherwise none are in the result
    public static Listed messages(Answer answer, boolean areTextsShown) {
        return listed(answer, MESSAGE, message -> {
            boolean hasText =
                    message.get("text") != null || message.get("filename") != null || message.get("file") != null;
            message.put("isHidden", hasText && !areTextsShown);
            if (!areTextsShown) {
                message.put("text", null);
                message.put("filename", null);
                message.put("file", null);
            }
            withPage(message);
            message.put(
                    "fileHref",
                    message.get("file") instanceof Map<?, ?> file
                            ? message.get("href") + "/files/" + file.get("sha256")
                            : null);
            return message;
        });
    }

    /// Returns the conversations of messages, each once.
    public static List<Map<String, @Nullable Object>> conversationsOf(Listed messages) {
        Map<Object, Map<String, @Nullable Object>> byKey = new LinkedHashMap<>();
        messages.items().forEach(message -> byKey.putIfAbsent(String.valueOf(message.get("conversation")), message));
        return List.copyOf(byKey.values());
    }

    /// Returns changes of settings, newest first.
    public static Listed changes(Answer answer) {
        return listed(
                answer,
                new String[] {
                    "topic", "setting", "businessNumber", "value", "by", "at", "partitions", "failedPartitions"
                },
                change -> change);
    }

    /// Returns the values of the template of a journey.
    public static Map<String, Object> journey(Answer answer) {
        Map<String, Object> model = new HashMap<>();
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        String problem = "";
        boolean isWhole = true;
        switch (answer) {
            case Answer.Unknown(String reason) -> problem = reason;
            case Answer.Refused(int _, String reason, var _) -> problem = reason;
            case Answer.Known(JsonNode body) -> {
                body.path("steps").forEach(step -> steps.add(withPage(JsonMaps.of(step, STEP))));
                isWhole = body.path("isWhole").asBoolean(true);
            }
        }
        steps.forEach(step -> step.put("words", String.valueOf(step.get("step")).replace('_', ' ')));
        model.put("steps", steps);
        model.put("problem", problem);
        model.put("isWhole", isWhole);
        return model;
    }

    /// Change of an item before it is shown.
    @FunctionalInterface
    private interface Preparation {
        Map<String, @Nullable Object> of(Map<String, @Nullable Object> item);
    }

    private static Listed listed(Answer answer, String[] members, Preparation preparation) {
        return switch (answer) {
            case Answer.Unknown(String reason) -> Listed.unknown(reason, 0);
            case Answer.Refused(int status, String reason, var _) -> Listed.unknown(reason, status);
            case Answer.Known(JsonNode body) -> {
                List<Map<String, @Nullable Object>> items = new ArrayList<>();
                body.path("items").forEach(item -> items.add(preparation.of(JsonMaps.of(item, members))));
                yield new Listed(items, body.path("next").asText(""), "", 0);
            }
        };
    }

    private static Map<String, @Nullable Object> withPage(Map<String, @Nullable Object> item) {
        Object key = item.get("conversation");
        item.put("href", key == null ? "" : "/conversations/" + Forms.encoded(key.toString()));
        return item;
    }
}
