package lull.console.pages;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lull.console.sources.BillCalculator.Bill;
import lull.console.sources.BillCalculator.Line;
import lull.console.sources.MonthCosts.State;
import org.jspecify.annotations.Nullable;

/// Content of the page that shows what a month has cost. Pure.
public final class CostPage {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final Map<String, String> SENDERS = Map.of(
            "turn", "Customers, in turns",
            "agent", "Agents",
            "note", "Notes of Lull for agents",
            "system", "Flows and bots");

    private CostPage() {}

    /// Month that the page can be about.
    public record Choice(String value, String label, boolean isChosen) {}

    /// Line of a table.
    ///
    /// @param price empty if it is unknown
    public record Row(
            String number, String what, String market, String type, long messages, String price, String amount) {}

    /// Returns the month that is asked for, or else the first one.
    ///
    /// @param asked such as `2026-11`
    public static YearMonth chosen(List<YearMonth> months, String asked) {
        return months.stream()
                .filter(month -> month.toString().equals(asked))
                .findFirst()
                .orElse(months.getFirst());
    }

    /// Returns the values of the template.
    public static Map<String, Object> model(List<YearMonth> months, YearMonth chosen, State state) {
        Map<String, Object> model = new HashMap<>();
        model.put(
                "months",
                months.stream()
                        .map(month -> new Choice(month.toString(), MONTH.format(month), month.equals(chosen)))
                        .toList());
        model.put("month", MONTH.format(chosen));
        model.put("problem", state.problem());
        model.put("progress", state.progress());
        @Nullable Bill bill = state.bill();
        // A model of a page has no nulls.
        model.put("bill", bill == null ? "" : bill);
        model.put("isOver", bill != null && bill.isOver());
        model.put("gathering", bill == null || bill.gathering() == null ? "" : bill.gathering());
        model.put(
                "whatsapp",
                bill == null
                        ? List.of()
                        : bill.whatsapp().stream()
                                .map(line -> row(line, line.what()))
                                .toList());
        model.put(
                "connect",
                bill == null
                        ? List.of()
                        : bill.connect().stream()
                                .map(line -> row(line, SENDERS.getOrDefault(line.what(), line.what())))
                                .toList());
        return Map.copyOf(model);
    }

    private static Row row(Line line, String what) {
        Double price = line.price();
        Double amount = line.amount();
        return new Row(
                line.number(),
                what,
                line.market(),
                line.type(),
                line.messages(),
                price == null ? "" : Shown.rounded(price, 5),
                amount == null ? "" : Shown.rounded(amount, 2));
    }
}
