package lull.contract.application;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an assistant came to its answer. Immutable.
///
/// @param model the language model, as it names itself
/// @param prompt the first digits of the digest of its instructions, which change with them
/// @param intent what the customer wants, by the words of the settings
/// @param confidence how sure the model says it is, from 0 to 1
/// @param inputTokens that the model has read
/// @param outputTokens that it has written
/// @param duration of the call
/// @param actions what the model asks to do, of what the settings allow
public record AnswerQuality(
        String model,
        String prompt,
        @Nullable String intent,
        @Nullable Double confidence,
        long inputTokens,
        long outputTokens,
        Duration duration,
        Map<String, String> actions) {
    public AnswerQuality {
        actions = actions == null ? Map.of() : Map.copyOf(actions);
    }

    @Override
    public String toString() {
        return "AnswerQuality[" + model + ", " + inputTokens + " + " + outputTokens + " tokens]";
    }
}
