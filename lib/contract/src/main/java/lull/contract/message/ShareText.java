package lull.contract.message;

import java.math.BigDecimal;

/// How people write a share of the conversations: `10`, `0.25`, `10%`. Pure.
public final class ShareText {

    private ShareText() {}

    /// Returns a share as people write it: `10`, `0.25`.
    public static String of(double share) {
        return BigDecimal.valueOf(share).stripTrailingZeros().toPlainString();
    }

    /// Reads a share, such as `10`, `0.25` or `10%`; throws `IllegalArgumentException` that says what is wrong.
    public static double read(String text) {
        String number =
                text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
        try {
            double share = new BigDecimal(number).doubleValue();
            if (Route.isShare(share)) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException(
                "A share is a number of percent from 0 to 100 with up to two decimals, such as 10 or 0.25, not "
                        + text);
    }
}
