package lull.cli;

import picocli.CommandLine.Command;

/// `lull topics`: makes and checks the topics of an installation.
@Command(
        name = "topics",
        description = "Makes and checks Lull's topics.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TopicsCreateCommand.class, TopicsCheckCommand.class})
final class TopicsCommand {}
