package lull.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull bench chaos`: whether everything arrives while much goes wrong. The exit code is 0 where every message was
/// shown once and in order or is accounted for, and 1 where one was not.
@Command(
        name = "chaos",
        description = {
            "Kills services and the broker, and has Amazon Connect and WhatsApp throttle, fail, be slow and repeat"
                    + " themselves, while customers and agents write to each other; then compares what was said with"
                    + " what was shown.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long people write. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "8",
            description =
                    "Customers who write to agents, and as many who write to an application. Default: ${DEFAULT-VALUE}")
    private int customers;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Plays the plan of an earlier run again; its report names it. Default: a new one")
    private @Nullable Long seed;

    @Option(names = "--logs", paramLabel = "DIR", description = "Keep the services' logs there.")
    private @Nullable Path logs;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Chaos.Result result = new Chaos(plan(), logs, reporting::progress).run();
        return reporting.report(result.report(), result.flaws());
    }

    private ChaosPlan plan() {
        try {
            return new ChaosPlan(seconds, customers, seed == null ? System.nanoTime() : seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
