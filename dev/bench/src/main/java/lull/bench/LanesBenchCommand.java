package lull.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lull.bench.peer.LanePeer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull bench lanes`: what handling records in order per key costs. The exit code is 0 where the run was valid,
/// however fast it was, and 1 where it was not.
@Command(
        name = "lanes",
        description = {
            "Measures what lanes cost, which handle records in order per key and in parallel across keys, compared"
                    + " with a plain consumer that starts a virtual thread for each key.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class LanesBenchCommand implements Callable<Integer> {

    @Option(
            names = "--millis",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "0,1,50",
            description = "How long handling a message takes, in milliseconds. Default: ${DEFAULT-VALUE}")
    private List<Integer> millis = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds, after one that does not count. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Messages of a backlog; fewer if handling them takes long. Default: ${DEFAULT-VALUE}")
    private int messages;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Keys among which they are divided. Default: ${DEFAULT-VALUE}")
    private int keys;

    @Option(
            names = "--killed",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Messages of the backlog in the middle of which each process is killed; 0 leaves this out."
                    + " Default: ${DEFAULT-VALUE}")
    private int killed;

    @Option(names = "--peers", description = "Also measure Confluent's parallel-consumer.")
    private boolean peers;

    @Option(
            names = "--jfr",
            paramLabel = "FILE",
            description = "Write a recording of Java Flight Recorder of the lanes during their rounds; the figures of"
                    + " such a run are not for comparison.")
    private @Nullable Path jfr;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        LanesBench.Result result = new LanesBench(plan(), reporting::progress).run();
        return reporting.report(result.report(), result.flaws());
    }

    private List<LaneMaker> forms() {
        List<LaneMaker> forms = new ArrayList<>();
        for (LaneForm form : LaneForm.values()) {
            forms.add(new LaneMaker.Own(form));
        }
        if (peers) {
            List<LanePeer> others = Peers.of(LanePeer.class);
            reporting.require(!others.isEmpty(), Peers.MISSING);
            others.forEach(peer -> forms.add(new LaneMaker.Other(peer)));
        }
        return forms;
    }

    private LanesPlan plan() {
        try {
            return new LanesPlan(forms(), millis, rounds, messages, keys, killed, jfr);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
