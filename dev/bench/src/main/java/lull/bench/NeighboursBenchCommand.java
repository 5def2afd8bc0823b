package lull.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull bench neighbours`: what a misconfigured business number costs the others. The exit code is 1 if the run
/// was not valid, or not within the limit of `--within`, else 0.
@Command(
        name = "neighbours",
        description = {
            "Measures the delay of turns and replies of a business number next to a misconfigured one in the same"
                    + " bridge, next to a healthy one, and alone.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class NeighboursBenchCommand implements Callable<Integer> {

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds of each neighbour. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long a round lasts. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "Turns, and replies, a second of each number. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--conversations",
            paramLabel = "N",
            defaultValue = "500",
            description = "Conversations of each number. Default: ${DEFAULT-VALUE}")
    private int conversations;

    @Option(
            names = "--within",
            paramLabel = "PERCENT",
            description = "Fail if the 99th percentile of turns or replies is more than this later beside the"
                    + " misconfigured number than beside the healthy one. Default: no limit")
    private @Nullable Integer within;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        NeighboursBench.Result result = new NeighboursBench(plan(), reporting::progress).run();
        List<String> report = new ArrayList<>(result.report());
        List<String> failures = new ArrayList<>(result.flaws());
        if (within != null) {
            List<String> excesses = NeighboursReport.excesses(result.measured(), within);
            report.addAll(excesses);
            failures.addAll(excesses);
        }
        return reporting.report(report, failures);
    }

    private NeighboursPlan plan() {
        try {
            return new NeighboursPlan(rounds, seconds, rate, conversations);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
