package lull.contract.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// How soon an operator must know about an [AccountFact], the most urgent first.
public enum Urgency {
    /// Now, at any hour: messages do not go out, or somebody else may have the account.
    CRITICAL,
    /// On the same working day.
    WARNING,
    /// When there is time.
    NOTICE,
    /// Never: it is only recorded.
    INFO;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the urgency of a word; one of a later version is a notice.
    @JsonCreator
    public static Urgency of(String word) {
        return Arrays.stream(values())
                .filter(urgency -> urgency.word().equals(word))
                .findFirst()
                .orElse(NOTICE);
    }

    /// Whether it is a problem that an operator is told about by an alarm.
    public boolean isProblem() {
        return this == CRITICAL || this == WARNING;
    }
}
