package lull.contract.topic;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Reason why a record is a dead letter, as it is in the header `__streams.errors.exception`. The
/// header `__streams.errors.message` says exactly what is wrong.
public enum DeadLetterReason {
    /// It is not a valid value of its topic.
    UNREADABLE,
    /// It was readable when it arrived, but its turn cannot be written.
    UNWRITABLE,
    /// It is larger than a dead letter may be; it is counted, and stays in its topic.
    TOO_LARGE,
    /// The other system, or a rule of Lull's, does not accept it.
    REFUSED,
    /// The other system does not accept a part of it, which the header `lull.part` names; the rest was
    /// handled.
    PART_REFUSED,
    /// Its handling failed with an exception `lane.max.unexpected.failures` times: a bug in Lull.
    UNEXPECTED;

    /// The header that contains the word.
    public static final String HEADER = "__streams.errors.exception";

    /// The value that bridges of earlier versions wrote for all reasons.
    private static final String OLD = "lull.Refused";

    /// The word in headers and meters.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the reason for a word, including those of earlier versions; empty for the class names
    /// that Kafka Streams itself writes.
    public static Optional<DeadLetterReason> of(String word) {
        if (word.equals(OLD)) {
            return Optional.of(REFUSED);
        }
        return Arrays.stream(values())
                .filter(reason -> reason.word().equals(word))
                .findFirst();
    }
}
