package lull.cli.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;

/// List prices of a day, with those that were in force before. Users with other prices override them by
/// name, or with a file of their own.
///
/// @param date of the list, as `2026-11-27`
/// @param currency of all prices
/// @param region of AWS's prices
/// @param markets of WhatsApp, by name, each with what recipients begin with: the first digits of a
///     number, or the country of a user id
/// @param prices by name
public record Prices(
        String date, String currency, String region, Map<String, List<String>> markets, Map<String, Price> prices) {

    private static final String WHATSAPP = "whatsapp.";
    private static final String SERVICE = WHATSAPP + "service.";
    private static final String GROUP = "group_";

    /// Categories that cost as much as service messages, unless the list has prices of their own.
    private static final Set<String> AS_SERVICE = Set.of("utility", "authentication");

    private static final double MOST = 1_000_000;

    /// Source of a price.
    public enum Evidence {
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
    /// @param earlier prices that were in force before, in any order; absent: none
    public record Price(
            double price,
            String unit,
            Evidence evidence,
            @Nullable String on,
            @Nullable String source,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
            List<Earlier> earlier) {

        public Price {
            require(price, unit);
            earlier = earlier == null ? List.of() : List.copyOf(earlier);
        }

        Price given(double other) {
            return new Price(other, unit, Evidence.GIVEN, null, null, null);
        }

        /// Returns the price of a day.
        double on(LocalDate day) {
            return Objects.requireNonNull(earlier()).stream()
                    .filter(each -> day.isBefore(LocalDate.parse(each.until())))
                    .min(Comparator.comparing(Earlier::until))
                    .map(Earlier::price)
                    .orElse(price);
        }
    }

    /// Price that was in force before.
    ///
    /// @param until the first day on which it was not, as `2026-10-01`
    public record Earlier(String until, double price) {

        public Earlier {
            LocalDate.parse(until);
            require(price, "until " + until);
        }
    }

    /// Price of a message of WhatsApp.
    ///
    /// @param name in the list
    /// @param amount on its day
    record Found(String name, double amount) {}

    public Prices {
        Map<String, List<String>> copied = new TreeMap<>();
        markets.forEach((market, begins) -> copied.put(market, List.copyOf(begins)));
        markets = copied;
        prices = new TreeMap<>(prices);
    }

    private static void require(double price, String of) {
        if (!(price >= 0) || price > MOST) {
            throw new IllegalArgumentException("A price (" + of + ") is " + price + ", and must be 0 to 1000000");
        }
    }

    /// Reads a list in the form that `lull cost prices --json` prints. Throws [UnreadableJson] if it
    /// has another one.
    static Prices read(byte[] json) throws UnreadableJson {
        return Json.read(json, Prices.class);
    }

    /// Returns the list of this version.
    public static Prices listed() {
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
            if (!(price >= 0) || price > MOST) {
                throw new IllegalArgumentException("The price " + name + " is " + price + ", and must be 0 to 1000000");
            }
            changed.put(name, listed.given(price));
        });
        return new Prices(date, currency, region, markets, changed);
    }

    /// Returns the names of prices that calculations need, but the list does not have; WhatsApp's are
    /// not needed.
    String missing() {
        return listed().prices.keySet().stream()
                .filter(name -> !name.startsWith(WHATSAPP) && !prices.containsKey(name))
                .collect(Collectors.joining(", "));
    }

    double of(String name) {
        return Objects.requireNonNull(prices.get(name), name).price();
    }

    /// Returns a price on a day. Throws [NullPointerException] if the list does not have it.
    double on(LocalDate day, String name) {
        return Objects.requireNonNull(prices.get(name), name).on(day);
    }

    /// Returns the market of recipients that begin with a text; empty if the list has none.
    Optional<String> market(String recipients) {
        return markets.entrySet().stream()
                .flatMap(market -> market.getValue().stream()
                        .filter(recipients::startsWith)
                        .map(begin -> Map.entry(begin.length(), market.getKey())))
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }

    /// Returns the price of a message of WhatsApp; empty if the list does not have it. Utility and
    /// authentication cost as much as service, unless they have prices of their own.
    Optional<Found> message(LocalDate day, String category, String market) {
        String plain = category.startsWith(GROUP) ? category.substring(GROUP.length()) : category;
        List<String> names = new ArrayList<>(List.of(WHATSAPP + category, WHATSAPP + plain));
        if (plain.equals("marketing_lite")) {
            names.add(WHATSAPP + "marketing");
        }
        if (AS_SERVICE.contains(plain)) {
            names.add(WHATSAPP + "service");
        }
        return names.stream()
                .map(name -> name + "." + market)
                .filter(prices::containsKey)
                .findFirst()
                .map(name -> new Found(name, on(day, name)));
    }

    /// Returns WhatsApp's price of a service message to a market.
    public double serviceMessage(String market) {
        return of(SERVICE + market);
    }

    /// Returns the markets of which the list has the price of a service message, such as `DE`.
    public List<String> serviceMarkets() {
        return prices.keySet().stream()
                .filter(name -> name.startsWith(SERVICE))
                .map(name -> name.substring(SERVICE.length()))
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
