package lull.contract.turn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/// How the adaptive gap judged a message. Immutable.
///
/// @param by what decided how long was waited
/// @param model the version of the model
/// @param probability that another message of the same turn follows, to three digits
/// @param adaptiveWait how long the adaptive gap would wait or did wait
public record GapDecision(
        By by,
        String model,
        double probability,
        @JsonProperty("wait") Duration adaptiveWait) {

    /// What decided.
    public enum By {
        /// The adaptive gap.
        ADAPTIVE,
        /// The fixed gap, because the adaptive one has been worse at this business number.
        FALLBACK,
        /// The fixed gap, because the adaptive one is only tried.
        SHADOW,
        /// What a later version knows.
        UNKNOWN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static By of(String word) {
            return Arrays.stream(values())
                    .filter(by -> by.word().equals(word))
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }
}
