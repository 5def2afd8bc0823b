package lull.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull bench memory`: what heap a bridge needs for its chats. The exit code is 0.
@Command(
        name = "memory",
        description = {
            "Measures the heap that a bridge needs for open chats: while they are open, after all have ended, and"
                    + " after their results are too old to be remembered.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class MemoryBenchCommand implements Callable<Integer> {

    @Option(
            names = "--chats",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "1000,10000,100000",
            description = "Open chats. Default: ${DEFAULT-VALUE}")
    private List<Integer> chats = List.of();

    @Option(
            names = "--turns",
            paramLabel = "N",
            defaultValue = "5",
            description = "Turns of each chat, and as many replies. Default: ${DEFAULT-VALUE}")
    private int turns;

    @Option(
            names = "--quotes",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Messages whose first words are remembered. Default: ${DEFAULT-VALUE}")
    private int quotes;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        return reporting.report(new MemoryBench(plan(), reporting::progress).run(), List.of());
    }

    private MemoryPlan plan() {
        try {
            return new MemoryPlan(chats, turns, quotes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
