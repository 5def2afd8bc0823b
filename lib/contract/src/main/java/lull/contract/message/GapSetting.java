package lull.contract.message;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Change of the gap, effective in its partition for the messages after it. Immutable.
///
/// @param gap the new gap, from zero to a day; absent: back to the configuration
/// @param businessNumber the business number to which it applies; absent: all that have no gap of their
///     own
public record GapSetting(@Nullable Duration gap, @Nullable String businessNumber) implements InputRecord {

    private static final int MAX_NUMBER_LENGTH = 64;
    private static final Duration LONGEST = Duration.ofDays(1);

    public GapSetting {
        if (gap != null && (gap.isNegative() || gap.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("A gap is from zero to a day");
        }
        requireBusinessNumber(businessNumber);
    }

    static void requireBusinessNumber(@Nullable String businessNumber) {
        if (businessNumber != null && (businessNumber.isBlank() || businessNumber.length() > MAX_NUMBER_LENGTH)) {
            throw new IllegalArgumentException("A business number has up to " + MAX_NUMBER_LENGTH + " characters");
        }
    }
}
