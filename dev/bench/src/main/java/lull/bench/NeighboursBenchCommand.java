package lull.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull bench neighbours`: what a misconfigured business number costs the others. The exit code is 0 if the run was
/// valid, whatever the figures, and 1 if not.
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

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        NeighboursBench.Result result = new NeighboursBench(plan(), reporting::progress).run();
        return reporting.report(result.report(), result.flaws());
    }

    private NeighboursPlan plan() {
        try {
            return new NeighboursPlan(rounds, seconds, rate, conversations);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
