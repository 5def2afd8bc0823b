package lull.bench;

import lull.bench.gap.GapBenchCommand;
import lull.cli.LullCommand;
import picocli.CommandLine.Command;

/// `lull bench`: measures how fast Lull is on this machine, and whether it holds while everything around it fails.
@Command(
        name = "bench",
        description =
                "Measures how fast Lull is on this machine, beside baselines, and what it keeps when much goes wrong.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            IngressBenchCommand.class,
            TurnsBenchCommand.class,
            BridgeBenchCommand.class,
            LanesBenchCommand.class,
            MemoryBenchCommand.class,
            NeighboursBenchCommand.class,
            GapBenchCommand.class,
            GapCostCommand.class,
            ArchiveBenchCommand.class,
            ConsoleBenchCommand.class,
            ChaosCommand.class,
            AttackCommand.class
        })
public final class BenchCommand implements LullCommand {}
