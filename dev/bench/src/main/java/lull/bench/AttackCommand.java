package lull.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lull.contract.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull bench attack`: whether an installation with small heaps lives through attacks. The exit code is 0 if every
/// process stayed alive, signed traffic was answered in time and nothing was lost, and 1 if not.
@Command(
        name = "attack",
        description = {
            "Attacks services that it starts itself on this machine, with small heaps, while customers and agents write to"
                    + " each other: large, held and slow bodies, floods, malformed requests, absurd messages, answers that"
                    + " do not end. It reaches no other address than this machine's own.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class AttackCommand implements Callable<Integer> {

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long each attack lasts. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Signed webhooks a second, all the time. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "680",
            description = "Connections that attackers hold at a time. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--flood",
            paramLabel = "N",
            defaultValue = "200",
            description = "Unsigned requests a second. Default: ${DEFAULT-VALUE}")
    private int flood;

    @Option(
            names = "--heap",
            paramLabel = "MIB",
            defaultValue = "256",
            description = "Heap of each service, in MiB. Default: ${DEFAULT-VALUE}")
    private int heap;

    @Option(
            names = "--limit-millis",
            paramLabel = "MILLIS",
            defaultValue = "5000",
            description = "Within which 99 of 100 signed webhooks must be answered during each attack."
                    + " Default: ${DEFAULT-VALUE}")
    private int limitMillis;

    @Option(names = "--logs", paramLabel = "DIR", description = "Keep the services' logs there.")
    private @Nullable Path logs;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        AttackReport report = new AttackBench(plan(), logs, reporting::progress).run();
        return reporting.report(json ? List.of(Json.text(report)) : report.lines(), report.flaws());
    }

    private AttackPlan plan() {
        try {
            return new AttackPlan(seconds, rate, connections, flood, heap, limitMillis);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
