package lull.applications.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// What a language model answers to a turn. It is read strictly: one that is incomplete counts as no
/// answer at all. Immutable.
///
/// @param shouldRespond whether the customer gets an answer
/// @param content the answer; empty if there is none
/// @param confidence how sure the model is, from 0 to 1
/// @param intent what the customer wants
/// @param wish why the model wants to hand over, if it does
/// @param summary of the conversation, for an agent
/// @param actions what it asks to do, by name; not checked yet
record AssistantAnswer(
        boolean shouldRespond,
        String content,
        double confidence,
        String intent,
        Wish wish,
        String summary,
        Map<String, String> actions) {

    /// Whether, and why, a model wants a person to go on.
    enum Wish {
        NO,
        /// The customer asks for a person.
        ASKED,
        /// The model does not know.
        UNSURE,
        /// Something that a person should decide.
        SENSITIVE,
        /// The customer complains.
        COMPLAINT,
        /// It is not a matter of this assistant.
        OUT_OF_SCOPE;

        /// Its word in the model's answer.
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final int MOST_CHARACTERS = 32_000;
    private static final int MOST_ACTIONS = 20;
    private static final int LONGEST_VALUE = 1_000;

    /// Models that enforce no schema like to write JSON as Markdown.
    private static final Pattern FENCED =
            Pattern.compile("\\A\\s*```(?:json)?\\s*(\\{.*})\\s*```\\s*\\z", Pattern.DOTALL);

    AssistantAnswer {
        actions = Map.copyOf(actions);
    }

    /// Reads an answer; empty if it does not have the form that was asked for.
    static Optional<AssistantAnswer> read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        Matcher fenced = FENCED.matcher(text);
        JsonNode tree;
        try {
            tree = Json.tree(fenced.matches() ? fenced.group(1) : text);
        } catch (UnreadableJson e) {
            return Optional.empty();
        }
        JsonNode confidence = tree.path("confidence");
        Optional<Wish> wish = wish(tree.path("handOver").asText());
        if (!(tree instanceof ObjectNode)
                || !tree.path("shouldRespond").isBoolean()
                || !confidence.isNumber()
                || !(confidence.doubleValue() >= 0 && confidence.doubleValue() <= 1)
                || !isTextOrNull(tree.path("content"))
                || !tree.path("intent").isTextual()
                || wish.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AssistantAnswer(
                tree.path("shouldRespond").booleanValue(),
                tree.path("content").asText("").strip(),
                confidence.doubleValue(),
                tree.path("intent").textValue(),
                wish.get(),
                tree.path("summary").asText("").strip(),
                actions(tree.path("actions"))));
    }

    private static boolean isTextOrNull(JsonNode value) {
        return value.isTextual() || value.isNull();
    }

    private static Optional<Wish> wish(String word) {
        for (Wish wish : Wish.values()) {
            if (wish.word().equals(word)) {
                return Optional.of(wish);
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> actions(JsonNode asked) {
        Map<String, String> actions = new LinkedHashMap<>();
        for (JsonNode action : asked) {
            JsonNode name = action.path("name");
            JsonNode value = action.path("value");
            if (actions.size() < MOST_ACTIONS
                    && name.isTextual()
                    && value.isTextual()
                    && value.textValue().length() <= LONGEST_VALUE) {
                actions.put(name.textValue(), value.textValue());
            }
        }
        return actions;
    }

    @Override
    public String toString() {
        return "AssistantAnswer[" + wish + ", " + confidence + "]";
    }
}
