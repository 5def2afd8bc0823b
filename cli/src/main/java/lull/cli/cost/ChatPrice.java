package lull.cli.cost;

import java.util.Objects;

/// Price of a chat message of Amazon Connect, and how it is known. Immutable.
///
/// @param known with the day, in words
public record ChatPrice(double price, String currency, String known) {

    /// Its name in the list of prices.
    private static final String NAME = "connect.chat.message";

    public ChatPrice {
        if (!(price >= 0) || price > 1_000_000) {
            throw new IllegalArgumentException("The price is " + price + ", and must be 0 to 1000000");
        }
    }

    /// Returns the list price of this version.
    public static ChatPrice listed() {
        Prices prices = Prices.listed();
        Prices.Price price = Objects.requireNonNull(prices.prices().get(NAME), NAME);
        return new ChatPrice(
                price.price(),
                prices.currency(),
                "list price, "
                        + (price.on() == null
                                ? price.evidence().word()
                                : price.evidence().word() + " " + price.on() + " in "
                                        + Objects.requireNonNullElse(price.source(), "its page")));
    }

    /// Returns a price that was given instead.
    public ChatPrice given(double other) {
        return new ChatPrice(other, currency, "your price");
    }
}
