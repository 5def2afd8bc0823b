package lull.aggregator.gap;

import java.util.List;

/// How a message ends.
public enum Ending {
    /// With a letter or digit.
    NOTHING,
    PERIOD,
    QUESTION,
    EXCLAMATION,
    /// Three dots or more.
    ELLIPSIS,
    /// A comma, colon, semicolon or dash: something follows.
    COMMA,
    /// An emoji or a smiley.
    EMOJI,
    /// The message is not text.
    UNKNOWN;

    /// All of them; stores keep the place in this list, so the order stays.
    static final List<Ending> ALL = List.of(values());

    /// Whether it closes a sentence.
    boolean closes() {
        return this == PERIOD || this == QUESTION || this == EXCLAMATION;
    }
}
