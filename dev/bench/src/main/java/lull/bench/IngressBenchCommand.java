package lull.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import lull.bench.peer.WebhookPeer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull bench ingress`: how fast the ingress takes webhooks in. The exit code is 0 where the run was valid,
/// however fast it was, and 1 where it was not.
@Command(
        name = "ingress",
        description = {
            "Measures how fast the ingress accepts signed webhooks, compared with a bare HTTP route and one that"
                    + " only checks the signature.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class IngressBenchCommand implements Callable<Integer> {

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "256",
            description = "Keep-alive connections. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds, each of which measures all three. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "For each of the three in a round. Default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "For each of the three before the first round. Default: ${DEFAULT-VALUE}")
    private double warmUp;

    @Option(names = "--peers", description = "Also measure servers on Vert.x and Helidon that write webhooks to Kafka.")
    private boolean peers;

    @Option(
            names = "--jfr",
            paramLabel = "FILE",
            description = "Write a recording of Java Flight Recorder of the ingress during its rounds; the figures of"
                    + " such a run are not for comparison.")
    private @Nullable Path jfr;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Outcome outcome = new IngressBench(plan(), reporting::progress).run();
        return reporting.report(Report.lines(outcome), outcome.flaws());
    }

    private Plan plan() {
        try {
            return new Plan(connections, rounds, span(seconds), span(warmUp), peers(), jfr);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<WebhookPeer> peers() {
        List<WebhookPeer> found = peers ? Peers.of(WebhookPeer.class) : List.of();
        reporting.require(!peers || !found.isEmpty(), Peers.MISSING);
        return found;
    }

    private static Duration span(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
