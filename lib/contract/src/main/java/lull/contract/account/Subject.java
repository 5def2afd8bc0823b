package lull.contract.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// What an [AccountFact] is about.
public enum Subject {
    /// A WhatsApp Business Account.
    ACCOUNT,
    /// A phone number of a business.
    NUMBER,
    /// A template in one language.
    TEMPLATE,
    /// A flow, which is WhatsApp's form.
    FLOW,
    /// A customer of a business number.
    CUSTOMER,
    /// A subject of a later version.
    UNKNOWN;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Subject of(String word) {
        return Arrays.stream(values())
                .filter(subject -> subject.word().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }
}
