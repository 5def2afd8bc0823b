package lull.applications.assistant;

import java.time.Duration;

/// What came of asking a language model.
sealed interface Completion {

    /// The model has answered.
    ///
    /// @param text what it wrote
    /// @param model as it names itself
    record Written(String text, String model, long inputTokens, long outputTokens) implements Completion {
        @Override
        public String toString() {
            return "Written[" + text.length() + " characters]";
        }
    }

    /// The model, or a filter, declines to answer.
    record Declined() implements Completion {}

    /// The answer was cut at its maximum length, and half an answer is none.
    record Cut() implements Completion {}

    /// What it was given is too long for the model.
    record TooLong() implements Completion {}

    /// It may work if it is asked again.
    ///
    /// @param atLeast how long to wait at least
    /// @param reason in words, without anything personal
    record Retry(Duration atLeast, String reason) implements Completion {}

    /// It does not work until an operator helps.
    record Misconfigured(String reason) implements Completion {}

    /// It does not accept this turn.
    record Rejected(String reason) implements Completion {}

    /// Its word in metrics.
    default String word() {
        return switch (this) {
            case Written _ -> "written";
            case Declined _ -> "declined";
            case Cut _ -> "cut";
            case TooLong _ -> "too_long";
            case Retry _ -> "passing";
            case Misconfigured _ -> "misconfigured";
            case Rejected _ -> "rejected";
        };
    }
}
