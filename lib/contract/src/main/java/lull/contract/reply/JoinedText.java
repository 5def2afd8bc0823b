package lull.contract.reply;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Text of a chat that is sent together with others as one message. Immutable.
///
/// @param id Connect's id of the text, which is in one message only, whatever is retried
/// @param at when it was written
/// @param body as WhatsApp shows it
public record JoinedText(String id, Instant at, String body) {

    private static final String SEPARATOR = "\n";

    public JoinedText {
        requireNonNull(id, "id");
        requireNonNull(at, "at");
        requireNonNull(body, "body");
    }

    /// Returns the text of a message that joins these texts.
    public static String join(List<JoinedText> texts) {
        return texts.stream().map(JoinedText::body).collect(Collectors.joining(SEPARATOR));
    }

    /// Returns the length of a text that is joined with one more.
    public static int lengthWith(int length, String more) {
        return length + SEPARATOR.length() + more.length();
    }

    @Override
    public String toString() {
        return "JoinedText[" + id + "]";
    }
}
