package lull.applications.assistant;

import java.util.Locale;

/// Why an assistant hands a conversation over.
enum HandOverCause {
    WORDS("The customer asks for a person"),
    ASKED("The customer asks for a person"),
    UNSURE("The assistant does not know the answer"),
    SENSITIVE("A person should decide this"),
    COMPLAINT("The customer complains"),
    OUT_OF_SCOPE("It is no matter for the assistant"),
    CONFIDENCE("The assistant is not sure of its answer"),
    INTENT("Persons answer such requests"),
    OUTPUT("The answer of the assistant was not sent, because it breaks a rule"),
    DECLINED("The language model declines to answer"),
    FAILED("The assistant could not answer"),
    MISCONFIGURED("The assistant is not available"),
    TURNS("The customer has written very often in an hour"),
    COST("The assistant has reached its cost of a day");

    private final String reason;

    HandOverCause(String reason) {
        this.reason = reason;
    }

    /// What agents and contact flows read.
    String reason() {
        return reason;
    }

    /// Its word in metrics.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
