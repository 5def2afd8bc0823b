package lull.cli;

import lull.cli.cost.CostEstimateCommand;
import lull.cli.cost.CostPricesCommand;
import picocli.CommandLine.Command;

/// `lull cost`: what a month has cost, and what one costs with Lull and without it.
@Command(
        name = "cost",
        description =
                "Prints what a month has cost, estimates what one costs with Lull and without it, or calculates what"
                        + " joining the texts of agents would save.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CostMonthCommand.class,
            CostRepliesCommand.class,
            CostEstimateCommand.class,
            CostPricesCommand.class
        })
final class CostCommand {}
