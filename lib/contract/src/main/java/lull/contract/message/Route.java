package lull.contract.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rule that sends turns to a destination. The first rule of a list that matches a turn decides. Immutable.
///
/// @param name distinguishes it from the other rules of its list, and decides which conversations are in
///     its share
/// @param app the app whose turns it matches, as the source of the turn's last message names it; absent:
///     all
/// @param businessNumber the business number whose turns it matches; absent: all
/// @param share of the conversations that it matches, in percent, from 0 to 100 with up to two decimals;
///     100 if a record has none
/// @param destination [#CONNECT], or the name of a configured destination
public record Route(
        String name, @Nullable String app, @Nullable String businessNumber, double share, String destination) {

    /// The destination of turns that no rule matches: Amazon Connect.
    public static final String CONNECT = "connect";

    /// The share of a rule that takes every conversation.
    public static final double ALL = 100;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private static final double HUNDREDTHS = 100;
    private static final double ROUNDING = 1e-6;

    /// Fills in the share if a record has none.
    @JsonCreator
    static Route of(
            @JsonProperty("name") String name,
            @JsonProperty("app") @Nullable String app,
            @JsonProperty("businessNumber") @Nullable String businessNumber,
            @JsonProperty("share") @Nullable Double share,
            @JsonProperty("destination") String destination) {
        return new Route(name, app, businessNumber, share == null ? ALL : share, destination);
    }

    public Route {
        requireName("The name of a route", name);
        if (app != null) {
            requireName("An app", app);
        }
        GapSetting.requireBusinessNumber(businessNumber);
        if (!isShare(share)) {
            throw new IllegalArgumentException("A share is from 0 to 100 percent, with up to two decimals");
        }
        requireName("A destination", destination);
    }

    /// Whether a number is a share.
    public static boolean isShare(double share) {
        return share >= 0 && share <= ALL && Math.abs(share * HUNDREDTHS - Math.rint(share * HUNDREDTHS)) < ROUNDING;
    }

    /// The share in hundredths of a percent.
    public int hundredths() {
        return hundredths(share);
    }

    /// Returns a share in hundredths of a percent.
    static int hundredths(double share) {
        return Math.toIntExact(Math.round(share * HUNDREDTHS));
    }

    /// Returns the same rule with another share.
    public Route withShare(double other) {
        return new Route(name, app(), businessNumber(), other, destination);
    }

    /// Whether a turn is of the app and the business number that the rule names.
    public boolean matches(String appOfTurn, String businessNumberOfTurn) {
        return (app == null || Objects.equals(app, appOfTurn))
                && (businessNumber == null || Objects.equals(businessNumber, businessNumberOfTurn));
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " has up to 64 lower-case letters, digits and hyphens, and does not begin with a hyphen");
        }
    }
}
