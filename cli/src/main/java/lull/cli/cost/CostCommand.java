package lull.cli.cost;

import picocli.CommandLine.Command;

/// `lull cost`: what a month costs with Lull and without it.
@Command(
        name = "cost",
        description = "Estimates what a month costs, with Lull and without it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CostEstimateCommand.class, CostPricesCommand.class})
public final class CostCommand {}
