package lull.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lull.console.sources.BillCalculator;
import org.jspecify.annotations.Nullable;

/// Bill of a month from the ledger and a list of prices: each message at the price of its day. Pure.
///
/// @param prices of everything
public record MonthBill(Prices prices) implements BillCalculator {

    private static final String CHAT = "connect.chat.message";
    private static final String CHARGED = "regular";

    /// Prices have up to five decimals.
    private static final double PARTS = 1e6;

    /// Shown for messages of which no status had a price.
    private static final String UNPRICED = "unknown";

    @Override
    public Bill bill(Ledger ledger) {
        Sums sums = new Sums(prices);
        ledger.days().forEach(sums::add);
        List<Line> whatsapp = sums.lines(sums.whatsapp);
        List<Line> connect = sums.lines(sums.connect);
        double whatsappSum = amount(whatsapp);
        double connectSum = amount(connect);
        return new Bill(
                ledger.month(),
                ledger.isOver(),
                prices.currency(),
                prices.date(),
                whatsapp,
                connect,
                whatsappSum,
                connectSum,
                money(whatsappSum + connectSum),
                ledger.isWhole() ? sums.gathering() : null,
                sums.splitting(),
                List.copyOf(sums.withoutPrice),
                prices.unverified(sums.used));
    }

    private static double amount(List<Line> lines) {
        return money(lines.stream()
                .map(Line::amount)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum());
    }

    /// Returns an amount without what the sums of binary fractions add.
    private static double money(double amount) {
        return Math.round(amount * PARTS) / PARTS;
    }

    /// What is counted together: everything of a line but the count.
    private record Kind(
            String number,
            String what,
            String market,
            String type,
            @Nullable Double price) {}

    /// Sums over days. Not thread-safe.
    private static final class Sums {

        private final Prices prices;
        private final Map<Kind, Long> whatsapp = new HashMap<>();
        private final Map<Kind, Long> connect = new HashMap<>();
        private final Set<String> used = new TreeSet<>();
        private final Set<String> withoutPrice = new TreeSet<>();
        private long messages;
        private long oneByOne;
        private long connectMessages;
        private double gathered;
        private long whatsappParts;
        private double whatsappPartsAmount;
        private long connectParts;
        private double connectPartsAmount;

        Sums(Prices prices) {
            this.prices = prices;
        }

        void add(LocalDate day, JsonNode charges) {
            charges.path("whatsapp").forEach(row -> addWhatsApp(day, row));
            double price = prices.on(day, CHAT);
            charges.path("connect").forEach(row -> {
                used.add(CHAT);
                connect.merge(
                        new Kind(row.path("number").asText(), row.path("sender").asText(), "", "", price),
                        row.path("messages").asLong(),
                        Long::sum);
                connectParts += row.path("furtherParts").asLong();
                connectPartsAmount += price * row.path("furtherParts").asLong();
            });
            JsonNode turns = charges.path("turns");
            long ofDay = turns.path("connectMessages").asLong();
            messages += turns.path("messages").asLong();
            oneByOne += turns.path("oneByOne").asLong();
            connectMessages += ofDay;
            // Parts of a turn may be of two days, so a day alone may be negative.
            gathered += price * (turns.path("oneByOne").asLong() - ofDay);
        }

        private void addWhatsApp(LocalDate day, JsonNode row) {
            String category = row.path("category").asText("");
            String type = row.path("type").asText("");
            String prefix = row.path("prefix").asText("");
            Optional<String> market = prices.market(prefix);
            long count = row.path("messages").asLong();
            // What WhatsApp does not say is not free.
            boolean isFree =
                    row.path("charged").isBoolean() && !row.path("charged").asBoolean();
            Optional<Prices.Found> found =
                    isFree ? Optional.empty() : market.flatMap(of -> prices.message(day, category, of));
            if (!isFree && found.isEmpty() && !category.isEmpty()) {
                withoutPrice.add("whatsapp." + category
                        + market.map(of -> "." + of).orElse(prefix.isEmpty() ? "" : " to numbers with " + prefix));
            }
            found.ifPresent(price -> used.add(price.name()));
            whatsapp.merge(
                    new Kind(
                            row.path("number").asText(),
                            category.isEmpty() ? UNPRICED : category,
                            market.orElse(""),
                            type,
                            isFree
                                    ? Double.valueOf(0)
                                    : found.map(Prices.Found::amount).orElse(null)),
                    count,
                    Long::sum);
            if (!isFree && type.equals(CHARGED)) {
                long further = row.path("furtherParts").asLong();
                whatsappParts += further;
                whatsappPartsAmount += further * found.map(Prices.Found::amount).orElse(0.0);
            }
        }

        List<Line> lines(Map<Kind, Long> counts) {
            List<Line> lines = new ArrayList<>();
            counts.forEach((kind, count) -> {
                Double price = kind.price();
                lines.add(new Line(
                        kind.number(),
                        kind.what(),
                        kind.market(),
                        kind.type(),
                        count,
                        price,
                        price == null ? null : (Double) money(price * count)));
            });
            lines.sort(Comparator.comparing(Line::number)
                    .thenComparing(Line::what)
                    .thenComparing(Line::market)
                    .thenComparing(Line::type)
                    .thenComparingDouble(line -> line.price() == null ? -1 : line.price()));
            return lines;
        }

        Gathering gathering() {
            return new Gathering(messages, oneByOne, connectMessages, money(Math.max(0, gathered)));
        }

        Splitting splitting() {
            return new Splitting(whatsappParts, money(whatsappPartsAmount), connectParts, money(connectPartsAmount));
        }
    }
}
