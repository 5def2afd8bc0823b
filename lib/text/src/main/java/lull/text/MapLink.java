package lull.text;

import java.math.BigDecimal;

/// Link to a place on a map, for people who cannot be shown a pin. Pure.
final class MapLink {

    private static final String MAP = "https://www.google.com/maps/search/?api=1&query=";

    private MapLink() {}

    /// @param latitude in degrees
    /// @param longitude in degrees
    static String of(double latitude, double longitude) {
        return MAP + plain(latitude) + "," + plain(longitude);
    }

    /// Returns degrees without an exponent, which maps cannot read.
    private static String plain(double degrees) {
        return Double.isFinite(degrees)
                ? BigDecimal.valueOf(degrees).stripTrailingZeros().toPlainString()
                : Double.toString(degrees);
    }
}
