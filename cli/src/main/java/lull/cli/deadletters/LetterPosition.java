package lull.cli.deadletters;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Position of a dead letter in the list of operators: first those with which nothing was done, newest first.
///
/// @param isHandled whether something was done with it
/// @param id tells letters of the same time apart
record LetterPosition(boolean isHandled, Instant at, String id) implements Comparable<LetterPosition> {

    private static final Comparator<LetterPosition> ORDER = Comparator.comparing(LetterPosition::isHandled)
            .thenComparing(LetterPosition::at, Comparator.reverseOrder())
            .thenComparing(LetterPosition::id);

    private static final Pattern TEXT = Pattern.compile("(open|handled)~([0-9]{1,15})~(.{1,300})");

    static LetterPosition of(DeadLetter letter) {
        return new LetterPosition(
                letter.handled() != null, Instant.ofEpochMilli(letter.at().toEpochMilli()), letter.id());
    }

    /// Reads what [#text()] returned; empty if it did not.
    static Optional<LetterPosition> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new LetterPosition(
                        parts.group(1).equals("handled"),
                        Instant.ofEpochMilli(Long.parseLong(parts.group(2))),
                        parts.group(3)))
                : Optional.empty();
    }

    /// Returns it as an address names it.
    String text() {
        return (isHandled ? "handled" : "open") + "~" + at.toEpochMilli() + "~" + id;
    }

    @Override
    public int compareTo(LetterPosition other) {
        return ORDER.compare(this, other);
    }
}
