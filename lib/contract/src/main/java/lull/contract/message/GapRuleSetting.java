package lull.contract.message;

import org.jspecify.annotations.Nullable;

/// Change of how it is decided how long to wait, effective in its partition for the messages after it.
/// Immutable.
///
/// @param rule the new rule; absent: back to the configuration
/// @param businessNumber the business number to which it applies; absent: all that have no rule of their
///     own
public record GapRuleSetting(
        @Nullable GapRule rule, @Nullable String businessNumber) implements InputRecord {

    public GapRuleSetting {
        GapSetting.requireBusinessNumber(businessNumber);
    }
}
