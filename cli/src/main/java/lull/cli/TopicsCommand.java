package lull.cli;

import picocli.CommandLine.Command;

/// `lull topics`: makes, checks and repartitions the topics of an installation.
@Command(
        name = "topics",
        description = "Creates, checks and repartitions Lull's topics.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TopicsCreateCommand.class, TopicsCheckCommand.class, TopicsRepartitionCommand.class})
final class TopicsCommand {}
