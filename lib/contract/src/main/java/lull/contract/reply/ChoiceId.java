package lull.contract.reply;

import java.util.Optional;

/// Id of a button or of a row of a list that Lull creates from a chat's interactive message. It
/// contains the answer that the chat gets, because WhatsApp may show a shorter title. Pure.
public final class ChoiceId {

    private static final String PREFIX = "lull:";

    /// The maximum that WhatsApp accepts as the id of a row; buttons accept more.
    private static final int MAX_CHARACTERS = 200;

    private ChoiceId() {}

    /// Returns the id for an answer; empty if the answer is too long.
    public static Optional<String> of(String answer) {
        String id = PREFIX + answer;
        return id.length() > MAX_CHARACTERS ? Optional.empty() : Optional.of(id);
    }

    /// Returns the answer in an id; empty for an id that Lull did not create.
    public static Optional<String> answer(String id) {
        return id.startsWith(PREFIX) ? Optional.of(id.substring(PREFIX.length())) : Optional.empty();
    }
}
