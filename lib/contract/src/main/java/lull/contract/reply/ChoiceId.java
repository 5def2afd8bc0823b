package lull.contract.reply;

import java.util.Optional;

/// The id of a button or of a row of a list that Lull makes of a chat's interactive message. It carries what the
/// chat gets as the answer, since WhatsApp may show a shorter title.
public final class ChoiceId {

    private static final String PREFIX = "lull:";

    /// The most that WhatsApp takes as the id of a row; buttons take more.
    private static final int MAX_CHARACTERS = 200;

    private ChoiceId() {}

    /// The id for an answer; empty where that is too long for one.
    public static Optional<String> of(String answer) {
        String id = PREFIX + answer;
        return id.length() > MAX_CHARACTERS ? Optional.empty() : Optional.of(id);
    }

    /// The answer that an id carries; empty for an id that is not ours.
    public static Optional<String> answer(String id) {
        return id.startsWith(PREFIX) ? Optional.of(id.substring(PREFIX.length())) : Optional.empty();
    }
}
