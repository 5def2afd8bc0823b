package lull.cli.cost;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import lull.cli.json.JsonOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lull cost prices`: the list prices that estimates use.
@Command(
        name = "prices",
        description = {
            "Prints the prices that estimates and bills use, and how each is known.",
            "--json prints a file of them, which --prices reads: put your prices there, with those that were in force"
                    + " before as `earlier` with the day `until` which they were."
        },
        mixinStandardHelpOptions = true)
public final class CostPricesCommand implements Callable<Integer> {

    @Option(names = "--markdown", description = "Print the table of docs/cost.md.")
    private boolean markdown;

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Prices prices = Prices.listed();
        PrintWriter out = spec.commandLine().getOut();
        json.requireAlone(spec, "--markdown", markdown);
        if (json.isWanted()) {
            JsonOutput.print(prices, out);
            return 0;
        }
        if (markdown) {
            out.println("| price | " + prices.currency() + " | for one | known |");
            out.println("|---|---|---|---|");
        } else {
            out.println(
                    "Prices of " + prices.date() + " in " + prices.currency() + ", AWS in " + prices.region() + ":");
        }
        prices.prices()
                .forEach((name, price) -> out.println(String.format(
                        Locale.ROOT,
                        markdown ? "| `%s` | %s | %s | %s |" : "  %-26s %9s  %s; %s",
                        name,
                        amount(price.price()),
                        price.unit(),
                        known(price))));
        out.flush();
        return 0;
    }

    private static String amount(double price) {
        return price >= 1 ? String.format(Locale.ROOT, "%.2f", price) : String.format(Locale.ROOT, "%.5f", price);
    }

    private static String known(Prices.Price price) {
        return price.on() == null
                ? price.evidence().word()
                : price.evidence().word() + " " + price.on() + ", " + Objects.requireNonNullElse(price.source(), "");
    }
}
