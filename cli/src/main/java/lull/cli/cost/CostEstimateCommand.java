package lull.cli.cost;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lull.cli.cost.CostEstimate.Architecture;
import lull.cli.cost.CostEstimate.KafkaKind;
import lull.cli.cost.CostEstimate.Line;
import lull.cli.json.JsonOutput;
import lull.cli.sizing.OptionRange;
import lull.cli.sizing.TurnOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull cost estimate`: the bill of a month, line by line.
@Command(
        name = "estimate",
        description = "Prints what a month costs without Lull and with it.",
        mixinStandardHelpOptions = true)
public final class CostEstimateCommand implements Callable<Integer> {

    @Mixin
    private TurnOptions turns = new TurnOptions();

    @Option(names = "--messages", required = true, paramLabel = "N", description = "Messages of customers in a month.")
    private double messages;

    @Option(
            names = "--parts-per-turn",
            defaultValue = "1",
            paramLabel = "K",
            description = "Chat messages that a turn needs: more than 1 if turns are longer than 1,024 characters."
                    + " Default: ${DEFAULT-VALUE}")
    private double parts;

    @Option(
            names = "--bot",
            description = "A bot answers: without Lull it answers each message. People answer what they have read to"
                    + " the end.")
    private boolean bot;

    @Option(
            names = "--market",
            defaultValue = "DE",
            paramLabel = "COUNTRY",
            description = "Country of the customers. Default: ${DEFAULT-VALUE}")
    private String market = "";

    @Option(
            names = "--numbers",
            defaultValue = "1",
            paramLabel = "N",
            description = "Business numbers. Each has 1,000 free service messages a month. Default: ${DEFAULT-VALUE}")
    private int numbers;

    @Option(names = "--eum", description = "The numbers are numbers of AWS End User Messaging.")
    private boolean throughEum;

    @Option(
            names = "--kafka",
            defaultValue = "express",
            paramLabel = "KIND",
            description = "Kafka to be paid for: express, standard, or none if there is one already. Default:"
                    + " ${DEFAULT-VALUE}")
    private String kafka = "";

    @Option(
            names = "--architecture",
            defaultValue = "x86_64",
            paramLabel = "NAME",
            description = "Processors of AWS Fargate, x86_64 or arm64, as images.architecture in the file of an"
                    + " installation. Default: ${DEFAULT-VALUE}")
    private String architecture = "";

    @Mixin
    private final PriceOptions chosen = new PriceOptions();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CostEstimate estimate = estimate();
        PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            JsonOutput.print(json(estimate), out);
            return 0;
        }
        Prices prices = estimate.prices();
        out.println(String.format(
                Locale.ROOT,
                "%,.0f messages a month in %,.0f turns, %,.0f answers; at the peak %,.1f messages a second.",
                messages,
                estimate.traffic().turns(),
                estimate.traffic().answersWith(),
                estimate.traffic().peak()));
        out.println(prices.currency() + " a month, prices of " + prices.date() + ", AWS in " + prices.region() + ".");
        out.println();
        out.println(String.format(Locale.ROOT, "%-30s %15s %15s", "", "without Lull", "with Lull"));
        estimate.lines().forEach(line -> print(out, line));
        Line sum = sum(estimate);
        print(out, sum);
        out.println();
        Line connect = estimate.lines().getFirst();
        out.println("Amazon Connect: " + percent(connect) + ". All: " + percent(sum) + ".");
        out.println(estimate.breakEven()
                .map(many -> String.format(
                        Locale.ROOT, "It costs less with Lull from about %s messages a month on.", rounded(many)))
                .orElse("With these numbers it never costs less with Lull."));
        List<String> unverified = prices.unverified(estimate.used());
        if (!unverified.isEmpty()) {
            out.println("Check these prices, which are not verified: " + String.join(", ", unverified) + ".");
        }
        out.flush();
        return 0;
    }

    /// Returns all figures for programs. Money is in `currency`.
    static Map<String, @Nullable Object> json(CostEstimate estimate) {
        Prices prices = estimate.prices();
        Line sum = sum(estimate);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("messages", estimate.traffic().messages());
        json.put("turns", estimate.traffic().turns());
        json.put("answers", estimate.traffic().answersWith());
        json.put("peakMessagesPerSecond", estimate.traffic().peak());
        json.put("currency", prices.currency());
        json.put("date", prices.date());
        json.put("region", prices.region());
        json.put("lines", estimate.lines());
        json.put("sum", sum);
        json.put("connectSavedPercent", savedPercent(estimate.lines().getFirst()));
        json.put("savedPercent", savedPercent(sum));
        json.put("breakEvenMessages", estimate.breakEven().orElse(null));
        json.put("unverifiedPrices", prices.unverified(estimate.used()));
        return json;
    }

    private static Line sum(CostEstimate estimate) {
        double without = 0;
        double with = 0;
        for (Line line : estimate.lines()) {
            without += line.without();
            with += line.with();
        }
        return new Line("Sum", without, with);
    }

    private CostEstimate estimate() {
        Prices prices = chosen.prices(spec);
        if (!prices.serviceMarkets().contains(market)) {
            throw wrong("--market '" + market + "' is not in the list of prices. It has "
                    + String.join(", ", prices.serviceMarkets())
                    + ". For another country give its price in place of one of"
                    + " these: --market DE --price whatsapp.service.DE=PRICE");
        }
        CostEstimate.Traffic traffic = new CostEstimate.Traffic(
                within("--messages", messages, 1, CostEstimate.MOST_MESSAGES),
                turns.perTurn(),
                within("--parts-per-turn", parts, 1, 1_000),
                turns.answers(),
                bot,
                market,
                (int) within("--numbers", numbers, 1, 100_000),
                throughEum,
                turns.meanToPeak());
        return new CostEstimate(traffic, kind(), architecture(), prices);
    }

    private KafkaKind kind() {
        return switch (kafka) {
            case "none" -> KafkaKind.NONE;
            case "standard" -> KafkaKind.STANDARD;
            case "express" -> KafkaKind.EXPRESS;
            default -> throw wrong("--kafka '" + kafka + "' must be one of express, standard, none");
        };
    }

    private Architecture architecture() {
        return Stream.of(Architecture.values())
                .filter(one -> one.word().equals(architecture))
                .findFirst()
                .orElseThrow(() -> wrong("--architecture '" + architecture + "' must be one of x86_64, arm64"));
    }

    private double within(String option, double value, double min, double max) {
        return OptionRange.require(spec, option, value, min, max);
    }

    private static void print(PrintWriter out, Line line) {
        out.println(String.format(Locale.ROOT, "%-30s %,15.2f %,15.2f", line.what(), line.without(), line.with()));
    }

    private static String rounded(double value) {
        BigDecimal two = new BigDecimal(value).round(new MathContext(2, RoundingMode.HALF_UP));
        return String.format(Locale.ROOT, "%,.0f", two);
    }

    private static String percent(Line line) {
        Double saved = savedPercent(line);
        if (saved == null) {
            return "nothing to save";
        }
        return String.format(Locale.ROOT, "%.0f %% %s", Math.abs(saved), saved < 0 ? "more" : "less");
    }

    /// Returns null if there is nothing to save.
    private static @Nullable Double savedPercent(Line line) {
        return line.without() == 0 ? null : 100 * (1 - line.with() / line.without());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
