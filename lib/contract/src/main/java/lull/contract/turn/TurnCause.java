package lull.contract.turn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// Reason why a turn ended.
public enum TurnCause {
    /// No message arrived for as long as the gap.
    GAP,
    /// The customer kept writing for as long as a turn may last.
    MAX_DURATION,
    /// With the next message the turn would have had too many messages.
    MAX_MESSAGES,
    /// With the next message the turn would have been too large.
    MAX_BYTES,
    /// A word that ends a turn.
    FLUSH_WORD,
    /// A kind of message that ends a turn, such as the answer to a button.
    KIND,
    /// A gap of zero: every message is a turn of its own.
    PASS_THROUGH,
    /// A text or caption with a word that makes the turn urgent.
    URGENT,
    /// A cause of a later version.
    UNKNOWN;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static TurnCause of(String word) {
        return Arrays.stream(values())
                .filter(cause -> cause.word().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
