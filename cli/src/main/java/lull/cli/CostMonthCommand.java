package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import lull.cli.cost.MonthBill;
import lull.cli.cost.PriceOptions;
import lull.cli.cost.Prices;
import lull.console.sources.BillCalculator;
import lull.console.sources.BillCalculator.Bill;
import lull.console.sources.BillCalculator.Gathering;
import lull.console.sources.BillCalculator.Line;
import lull.console.sources.BillCalculator.Splitting;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull cost month`: what WhatsApp and Amazon Connect have charged for in a month, from the ledger of
/// the archive.
@Command(
        name = "month",
        description = "Prints what WhatsApp and Amazon Connect have charged for in a month, what turns have saved, and"
                + " what splitting long texts has cost. It counts the messages in the archive.",
        mixinStandardHelpOptions = true)
final class CostMonthCommand implements Callable<Integer> {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final Map<String, String> SENDERS = Map.of(
            "turn", "customers, in turns",
            "agent", "agents",
            "note", "notes of Lull",
            "system", "flows and bots");

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MONTH",
            description = "The month, such as 2026-11. Default: this month, until now.")
    private @Nullable String month;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Time zone of the month, such as that of your WhatsApp Business Account. Default:"
                    + " ${DEFAULT-VALUE}")
    private String zone = "";

    @Option(names = "--number", paramLabel = "ID", description = "Only of this business number.")
    private @Nullable String number;

    @Option(names = "--conversation", paramLabel = "CONVERSATION", description = "Only of this conversation.")
    private @Nullable String conversation;

    @Mixin
    private final PriceOptions chosen = new PriceOptions();

    @Mixin
    private final ArchiveClient archive = new ArchiveClient();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        ZoneId days = zone();
        Prices prices = chosen.prices(spec);
        Bill bill = new MonthBill(prices).bill(ledger(month(days), days));
        PrintWriter out = spec.commandLine().getOut();
        if (archive.isJson()) {
            out.println(Json.text(bill));
        } else {
            print(bill, out);
        }
        out.flush();
        return 0;
    }

    private BillCalculator.Ledger ledger(YearMonth of, ZoneId days) throws InterruptedException, UnreadableJson {
        SortedMap<LocalDate, JsonNode> charges = new TreeMap<>();
        LocalDate today = LocalDate.ofInstant(Instant.now(), days);
        for (LocalDate day = of.atDay(1);
                YearMonth.from(day).equals(of) && !day.isAfter(today);
                day = day.plusDays(1)) {
            Map<String, String> parameters = new HashMap<>();
            parameters.put("from", day.atStartOfDay(days).toInstant().toString());
            parameters.put("to", day.plusDays(1).atStartOfDay(days).toInstant().toString());
            parameters.put("number", ArchiveClient.parameter(number));
            parameters.put("conversation", ArchiveClient.parameter(conversation));
            charges.put(day, archive.get("/charges", parameters));
        }
        return new BillCalculator.Ledger(
                of, charges, of.atEndOfMonth().isBefore(today), number == null && conversation == null);
    }

    private YearMonth month(ZoneId days) {
        YearMonth now = YearMonth.now(days);
        String given = month;
        try {
            YearMonth of = given == null ? now : YearMonth.parse(given);
            if (!of.isAfter(now)) {
                return of;
            }
        } catch (DateTimeException e) {
            throw new ParameterException(spec.commandLine(), "MONTH '" + given + "' is not a month such as 2026-11", e);
        }
        throw new ParameterException(spec.commandLine(), "MONTH " + given + " has not begun yet");
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(), "--zone '" + zone + "' is not a time zone such as Europe/Berlin", e);
        }
    }

    private void print(Bill bill, PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                "%s (%s)%s, %s, prices of %s.",
                MONTH.format(bill.month()),
                zone,
                bill.isOver() ? "" : ", until now",
                bill.currency(),
                bill.pricesOf()));
        out.println();
        out.println(String.format(
                Locale.ROOT, "%-58s %11s %9s %12s", "WhatsApp, delivered", "messages", "price", bill.currency()));
        bill.whatsapp().forEach(line -> print(whatsapp(line), line, out));
        printSum("WhatsApp", bill.whatsappSum(), out);
        out.println();
        out.println(String.format(
                Locale.ROOT, "%-58s %11s %9s %12s", "Amazon Connect, chat", "messages", "price", bill.currency()));
        bill.connect()
                .forEach(line ->
                        print(line.number() + "  " + SENDERS.getOrDefault(line.what(), line.what()), line, out));
        printSum("Amazon Connect", bill.connectSum(), out);
        printSum("Sum", bill.sum(), out);
        out.println();
        Gathering gathering = bill.gathering();
        if (gathering != null) {
            out.println(String.format(
                    Locale.ROOT,
                    "Turns saved %,.2f %s in Amazon Connect: %,d messages of customers became %,d chat messages.",
                    gathering.amount(),
                    bill.currency(),
                    gathering.messages(),
                    gathering.connectMessages()));
        }
        Splitting splitting = bill.splitting();
        out.println(String.format(
                Locale.ROOT,
                "Splitting long texts cost %,.2f %s: %,d more messages on WhatsApp (%,.2f), %,d more in Amazon Connect"
                        + " (%,.2f).",
                splitting.whatsappAmount() + splitting.connectAmount(),
                bill.currency(),
                splitting.whatsappParts(),
                splitting.whatsappAmount(),
                splitting.connectParts(),
                splitting.connectAmount()));
        printList(out, "Without a price, so not in the sums: ", bill.withoutPrice());
        printList(out, "Check these prices, which are not verified: ", bill.unverified());
    }

    private static void printList(PrintWriter out, String begin, List<String> names) {
        if (!names.isEmpty()) {
            out.println(begin + String.join(", ", names) + ".");
        }
    }

    private static String whatsapp(Line line) {
        return String.format(Locale.ROOT, "%s  %-12s %-4s %s", line.number(), line.what(), line.market(), line.type())
                .stripTrailing();
    }

    private static void print(String what, Line line, PrintWriter out) {
        Double price = line.price();
        Double amount = line.amount();
        out.println(String.format(
                Locale.ROOT,
                "%-58s %,11d %9s %12s",
                what,
                line.messages(),
                price == null ? "unknown" : String.format(Locale.ROOT, "%.5f", price),
                amount == null ? "unknown" : String.format(Locale.ROOT, "%,.2f", amount)));
    }

    private static void printSum(String what, double amount, PrintWriter out) {
        out.println(String.format(Locale.ROOT, "%-58s %11s %9s %,12.2f", what, "", "", amount));
    }
}
