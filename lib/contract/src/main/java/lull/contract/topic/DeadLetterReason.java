package lull.contract.topic;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Reason why a record is a dead letter, as it stands in the header `__streams.errors.exception`. The
/// header `__streams.errors.message` says exactly what is wrong.
public enum DeadLetterReason {
    /// It is not what its topic carries.
    UNREADABLE,
    /// It was readable when it came, but the turn that it belongs to cannot be written.
    UNWRITABLE,
    /// It has more bytes than a dead letter may have; it is counted, and stays where it is.
    TOO_LARGE,
    /// The other side, or a rule of Lull's, does not take it.
    REFUSED,
    /// The other side does not take a part of it, which the header `lull.part` names; the rest was handled.
    PART_REFUSED,
    /// Its handling failed with an exception `lane.max.unexpected.failures` times: a mistake in Lull.
    UNEXPECTED;

    /// The header that has the word.
    public static final String HEADER = "__streams.errors.exception";

    /// What bridges of earlier versions wrote for all reasons.
    private static final String OLD = "lull.Refused";

    /// The word in headers and meters.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The reason of a word, those of earlier versions included; empty for the class names that Kafka Streams writes by
    /// itself.
    public static Optional<DeadLetterReason> of(String word) {
        if (word.equals(OLD)) {
            return Optional.of(REFUSED);
        }
        return Arrays.stream(values())
                .filter(reason -> reason.word().equals(word))
                .findFirst();
    }
}
