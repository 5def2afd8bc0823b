package lull.aggregator.gap;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/// A number that a model may use to judge a message. A model's file names features in lower case.
public enum Feature {
    /// Log odds of the sender's rate of messages that another one of the same turn followed.
    RATE,
    /// The same rate, of the last messages.
    RECENT_RATE,
    /// Mean logarithm of the sender's silences within turns, in seconds.
    LOG_SILENCE,
    /// The same, of the last silences.
    RECENT_LOG_SILENCE,
    /// Logarithm of the number of the sender's messages that are known.
    KNOWN_MESSAGES,
    /// Logarithm of the message's length.
    LOG_LENGTH,
    /// The same, above the sender's mean.
    RELATIVE_LENGTH,
    RELATIVE_LENGTH_SQUARED,
    /// The sender's mean.
    MEAN_LENGTH,
    /// At most three characters.
    VERY_SHORT,
    ENDS_WITH_NOTHING,
    ENDS_WITH_PERIOD,
    ENDS_WITH_QUESTION,
    ENDS_WITH_EXCLAMATION,
    ENDS_WITH_ELLIPSIS,
    ENDS_WITH_COMMA,
    ENDS_WITH_EMOJI,
    IS_TEXT,
    /// How often the sender closes the last sentence of a turn; three features, by the message's ending.
    HABIT,
    HABIT_IF_CLOSED,
    HABIT_IF_OPEN,
    MEDIA,
    LOWERCASE,
    JOINING_WORD,
    GREETING,
    URL,
    CORRECTION,
    OPEN_END,
    ACKNOWLEDGEMENT,
    FIRST_OF_TURN,
    SECOND_OF_TURN,
    FOURTH_OR_LATER,
    LOG_PLACE,
    /// Logarithm of the silence before, within the turn, and above the sender's mean.
    LOG_SILENCE_BEFORE,
    RELATIVE_SILENCE_BEFORE,
    /// Logarithm of the time since the business answered, of the first message of a turn, and above the
    /// sender's mean.
    LOG_RESPONSE,
    RELATIVE_RESPONSE,
    FIRST_CONTACT,
    NEVER_ANSWERED,
    /// Nobody wrote for ten minutes.
    NEW_SESSION,
    /// Logarithm of characters a second since the last message or answer.
    LOG_SPEED,
    FIRST_AND_LENGTH,
    FIRST_AND_QUESTION,
    FIRST_AND_GREETING;

    /// All of them, in their order.
    public static final List<Feature> ALL = List.of(values());

    /// Its place in the numbers that describe a message.
    @SuppressWarnings("EnumOrdinal") // Only a place in an array: nothing that is stored depends on it.
    public int place() {
        return ordinal();
    }

    /// The name in a model's file.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
