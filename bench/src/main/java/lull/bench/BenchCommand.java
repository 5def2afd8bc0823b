package lull.bench;

import lull.cli.LullCommand;
import picocli.CommandLine.Command;

/// `lull bench`: measures how fast Lull is on this machine.
@Command(
        name = "bench",
        description = "Measures how fast Lull is on this machine, beside baselines.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {IngressBenchCommand.class, TurnsBenchCommand.class, BridgeBenchCommand.class})
public final class BenchCommand implements LullCommand {}
