package lull.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull bench bridge`: how the bridge hands turns over. The exit code is 0 where the run was valid, however fast it
/// was, and 1 where it was not.
@Command(
        name = "bridge",
        description = {
            "Measures how many turns per second the bridge sends to Amazon Connect's stand-in, how much latency it"
                    + " adds, and how many calls it needs.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class BridgeBenchCommand implements Callable<Integer> {

    @Option(
            names = "--latencies",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "0,50",
            description = "Latencies of Connect's answers, in milliseconds. Default: ${DEFAULT-VALUE}")
    private List<Integer> latencies = List.of();

    @Option(
            names = "--rates",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "100,500",
            description = "Turns a second while the delay is measured. Default: ${DEFAULT-VALUE}")
    private List<Integer> rates = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long each rate lasts. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--conversations",
            paramLabel = "N",
            defaultValue = "500",
            description = "Conversations that speak, each in an open chat. Default: ${DEFAULT-VALUE}")
    private int conversations;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Turns that are there at once when the throughput is measured. Default: ${DEFAULT-VALUE}")
    private int backlog;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        BridgeBench.Result result = new BridgeBench(plan(), reporting::progress).run();
        return reporting.report(result.report(), result.flaws());
    }

    private BridgePlan plan() {
        try {
            return new BridgePlan(latencies, rates, seconds, conversations, backlog);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
