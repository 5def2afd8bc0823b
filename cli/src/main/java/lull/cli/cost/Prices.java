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

/// List prices of a day. Users with other prices override them by name.
///
/// @param date of the list, as `2026-11-27`
/// @param currency of all prices
/// @param region of AWS's prices
/// @param prices by name
record Prices(String date, String currency, String region, Map<String, Price> prices) {

    private static final String MARKET = "whatsapp.service.";

    /// Source of a price.
    enum Evidence {
        /// It is from a page that was read.
        @JsonProperty("read")
        READ("read"),
        /// It is not from a page: it must be checked before use.
        @JsonProperty("unverified")
        UNVERIFIED("not verified"),
        /// It was given with the command.
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

    /// Price and its source.
    ///
    /// @param on when it was read
    /// @param source page on which it is published
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

    /// Returns the list of this version.
    static Prices listed() {
        try (InputStream in = Objects.requireNonNull(Prices.class.getResourceAsStream("prices.json"), "prices.json")) {
            return Json.read(in.readAllBytes(), Prices.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableJson e) {
            throw new IllegalStateException("The list of prices is unreadable", e);
        }
    }

    /// Returns the list with other prices. Throws [IllegalArgumentException] if a name is not in it.
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

    /// Returns WhatsApp's price of a service message to a market.
    double serviceMessage(String market) {
        return of(MARKET + market);
    }

    /// Returns the markets whose prices are listed, such as `DE`.
    List<String> markets() {
        return prices.keySet().stream()
                .filter(name -> name.startsWith(MARKET))
                .map(name -> name.substring(MARKET.length()))
                .toList();
    }

    /// Returns those of some names whose prices are not verified.
    List<String> unverified(Collection<String> names) {
        return names.stream()
                .filter(name -> Objects.requireNonNull(prices.get(name), name).evidence() == Evidence.UNVERIFIED)
                .sorted()
                .toList();
    }
}
