package lull.contract.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rule that switches a behaviour for a share of the conversations. Immutable.
///
/// @param flag the name of the behaviour, a [Flag#word()]; a later version may know more of them
/// @param businessNumber the business number whose conversations it matches; absent: all
/// @param share of the conversations that it switches, in percent, from 0 to 100 with up to two decimals; 100 if a
///     record has none
/// @param on whether it switches the behaviour on, or off
public record FlagRule(String flag, @Nullable String businessNumber, double share, boolean on) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /// Fills in the share if a record has none.
    @JsonCreator
    static FlagRule of(
            @JsonProperty("flag") String flag,
            @JsonProperty("businessNumber") @Nullable String businessNumber,
            @JsonProperty("share") @Nullable Double share,
            @JsonProperty("on") boolean on) {
        return new FlagRule(flag, businessNumber, share == null ? Route.ALL : share, on);
    }

    public FlagRule {
        if (!NAME.matcher(flag).matches()) {
            throw new IllegalArgumentException("The name of a flag has up to 64 lower-case letters, digits and"
                    + " hyphens, and does not begin with a hyphen");
        }
        GapSetting.requireBusinessNumber(businessNumber);
        if (!Route.isShare(share)) {
            throw new IllegalArgumentException("A share is from 0 to 100 percent, with up to two decimals");
        }
    }

    /// The share in hundredths of a percent.
    public int hundredths() {
        return Route.hundredths(share);
    }

    /// Whether it is about this flag and the conversations of this business number, or of all.
    ///
    /// @param number null: all
    public boolean isFor(String word, @Nullable String number) {
        return flag.equals(word) && Objects.equals(businessNumber, number);
    }
}
