package lull.bench;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import lull.contract.message.GapRule;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull bench gap-cost`: what the adaptive gap costs a message beyond the fixed gap, measured by JMH.
@Command(
        name = "gap-cost",
        description = {
            "Measures what a message costs in the rules of turns with each policy of the gap, with stores in memory.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class GapCostCommand implements Callable<Integer> {

    private static final double NANOS = 1e3;

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "2",
            description = "Processes of each policy. Default: ${DEFAULT-VALUE}; 0: this one.")
    private int forks;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measurements in each process, after as many to warm up. Default: ${DEFAULT-VALUE}")
    private int iterations;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "How long each measurement takes at least. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    /// Figures of a measurement, each for a message.
    private record Figures(double micros, double bytes, double turns) {}

    @Override
    public Integer call() throws Exception {
        require(forks, 0, 20, "--forks");
        require(iterations, 1, 100, "--iterations");
        require(seconds, 1, 600, "--seconds");
        Map<GapRule.Policy, List<Figures>> measured = measure();
        List<String> report = new ArrayList<>();
        report.add("What a message costs in the rules of turns, by policy of the gap");
        report.add(Machine.words());
        report.add(
                "Median (least to most) of " + Math.max(1, forks) * iterations + " measurements, each for a message");
        report.add("                          CPU, µs   beyond fixed   allocated, B   beyond fixed   turns");
        for (GapRule.Policy policy : GapRule.Policy.values()) {
            report.add(line(policy, measured));
        }
        return reporting.report(report, List.of());
    }

    private void require(int value, int least, int most, String option) {
        if (value < least || value > most) {
            throw new ParameterException(spec.commandLine(), option + " must be " + least + " to " + most);
        }
    }

    private static String line(GapRule.Policy policy, Map<GapRule.Policy, List<Figures>> measured) {
        Spread cpu = spread(policy, measured, Figures::micros);
        Spread bytes = spread(policy, measured, Figures::bytes);
        return String.format(
                Locale.ROOT,
                "%10s %6.2f (%5.2f to %5.2f) %14.2f %14.0f %14.0f %7.3f",
                policy.word(),
                cpu.median(),
                cpu.least(),
                cpu.most(),
                cpu.median()
                        - spread(GapRule.Policy.FIXED, measured, Figures::micros)
                                .median(),
                bytes.median(),
                bytes.median()
                        - spread(GapRule.Policy.FIXED, measured, Figures::bytes).median(),
                spread(policy, measured, Figures::turns).median());
    }

    private static Spread spread(
            GapRule.Policy policy, Map<GapRule.Policy, List<Figures>> measured, ToDoubleFunction<Figures> figure) {
        return Spread.of(measured.getOrDefault(policy, List.of()).stream()
                .mapToDouble(figure)
                .toArray());
    }

    private Map<GapRule.Policy, List<Figures>> measure() throws RunnerException {
        Options options = new OptionsBuilder()
                .include(GapCost.class.getName() + "\\.play")
                .forks(forks)
                .jvmArgsAppend("-XX:+UseG1GC", "-Xms1g", "-Xmx1g")
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(seconds))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        reporting.progress("Measuring; this takes about "
                + GapRule.Policy.values().length * Math.max(1, forks) * 2 * iterations * seconds + " s ...");
        return figures(new Runner(options).run());
    }

    private static Map<GapRule.Policy, List<Figures>> figures(Collection<RunResult> results) {
        Map<GapRule.Policy, List<Figures>> figures = new EnumMap<>(GapRule.Policy.class);
        for (RunResult result : results) {
            figures.put(
                    GapRule.Policy.valueOf(result.getParams().getParam("policy")),
                    result.getBenchmarkResults().stream()
                            .flatMap(fork -> fork.getIterationResults().stream())
                            .map(GapCostCommand::figures)
                            .toList());
        }
        return figures;
    }

    private static Figures figures(IterationResult result) {
        double messages = of(result, "messages");
        return new Figures(
                of(result, "cpuNanos") / messages / NANOS,
                of(result, "allocatedBytes") / messages,
                of(result, "turns") / messages);
    }

    private static double of(IterationResult result, String counter) {
        return requireNonNull(result.getSecondaryResults().get(counter), counter)
                .getScore();
    }
}
