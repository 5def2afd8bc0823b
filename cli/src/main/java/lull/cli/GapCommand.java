package lull.cli;

import picocli.CommandLine.Command;

/// `lull gap`: shows and changes gaps while the aggregator runs.
@Command(
        name = "gap",
        description = "Shows and changes the gap of input topics while the aggregator runs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GapShowCommand.class,
            GapSetCommand.class,
            GapModelCommand.class,
            GapAdviseCommand.class,
            GapTracesCommand.class
        })
final class GapCommand {}
