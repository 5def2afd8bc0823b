package lull.cli;

import lull.cli.cost.CostEstimateCommand;
import lull.cli.cost.CostPricesCommand;
import picocli.CommandLine.Command;

/// `lull cost`: what a month has cost, and what one costs with Lull and without it.
@Command(
        name = "cost",
        description = "Prints what a month has cost, or estimates what one costs with Lull and without it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CostMonthCommand.class, CostEstimateCommand.class, CostPricesCommand.class})
final class CostCommand {}
