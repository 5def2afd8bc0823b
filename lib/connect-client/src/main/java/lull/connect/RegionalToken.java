package lull.connect;

import java.util.Objects;

/// Token of a chat with the AWS Region that issued it, because no other Region accepts it. It is stored
/// as one text: the token itself if the Region is the usual one, as in records of earlier versions,
/// else `<region>|<token>`. Amazon's tokens never contain the separator.
///
/// @param region such as `eu-central-1`
/// @param token as AWS issued it
record RegionalToken(String region, String token) {

    private static final char SEPARATOR = '|';

    public RegionalToken {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(token, "token");
    }

    /// Parses a text.
    ///
    /// @param usual the Region of tokens that name none
    public static RegionalToken of(String text, String usual) {
        int end = text.indexOf(SEPARATOR);
        return end < 0
                ? new RegionalToken(usual, text)
                : new RegionalToken(text.substring(0, end), text.substring(end + 1));
    }

    /// Returns its text form.
    ///
    /// @param usual the Region that is omitted
    public String text(String usual) {
        return region.equals(usual) ? token : region + SEPARATOR + token;
    }

    @Override
    public String toString() {
        return "RegionalToken[" + region + "]";
    }
}
