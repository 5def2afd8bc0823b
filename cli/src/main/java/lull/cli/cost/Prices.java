package lull.cli.cost;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;

/// List prices of a day. Those who have others override them by name.
///
/// @param date of the list, as `2026-11-27`
/// @param currency of all prices
/// @param region of AWS's prices
/// @param prices by name
record Prices(String date, String currency, String region, Map<String, Price> prices) {

    private static final String MARKET = "whatsapp.service.";

    /// How a price is known.
    enum Evidence {
        /// From a page that was read.
        @JsonProperty("read")
        READ("read"),
        /// Not from a page: to be checked before anybody relies on it.
        @JsonProperty("unverified")
        UNVERIFIED("not verified"),
        /// Given with the command.
        @JsonProperty("given")
        GIVEN("given");

        private final String word;

        Evidence(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// A price and where it is from.
    ///
    /// @param on when it was read
    /// @param source page that it is from
    record Price(
            double price,
            String unit,
            Evidence evidence,
            @Nullable String on,
            @Nullable String source) {
        Price given(double other) {
            return new Price(other, unit, Evidence.GIVEN, null, null);
        }
    }

    Prices {
        prices = new TreeMap<>(prices);
    }

    /// The list that comes with this version.
    static Prices listed() {
        try (InputStream in = Objects.requireNonNull(Prices.class.getResourceAsStream("prices.json"), "prices.json")) {
            return Json.read(in.readAllBytes(), Prices.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableJson e) {
            throw new IllegalStateException("The list of prices is unreadable", e);
        }
    }

    /// The list with other prices. Throws [IllegalArgumentException] for a name that is not in it.
    Prices with(Map<String, Double> others) {
        Map<String, Price> changed = new TreeMap<>(prices);
        others.forEach((name, price) -> {
            Price listed = prices.get(name);
            if (listed == null) {
                throw new IllegalArgumentException(
                        "There is no price '" + name + "'. `lull cost prices` lists them all");
            }
            if (!(price >= 0) || price > 1_000_000) {
                throw new IllegalArgumentException("The price " + name + " is " + price + ", and must be 0 to 1000000");
            }
            changed.put(name, listed.given(price));
        });
        return new Prices(date, currency, region, changed);
    }

    double of(String name) {
        return Objects.requireNonNull(prices.get(name), name).price();
    }

    /// What WhatsApp takes for a service message to a market.
    double serviceMessage(String market) {
        return of(MARKET + market);
    }

    /// The markets whose prices are listed, such as `DE`.
    List<String> markets() {
        return prices.keySet().stream()
                .filter(name -> name.startsWith(MARKET))
                .map(name -> name.substring(MARKET.length()))
                .toList();
    }

    /// Those of some names that nobody has verified.
    List<String> unverified(Collection<String> names) {
        return names.stream()
                .filter(name -> Objects.requireNonNull(prices.get(name), name).evidence() == Evidence.UNVERIFIED)
                .sorted()
                .toList();
    }
}
