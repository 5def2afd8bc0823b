package lull.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import lull.bench.peer.TurnPeer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `lull bench turns`: how the aggregator makes turns. The exit code is 0 where the run was valid,
/// however fast it was, and 1 where it was not.
@Command(
        name = "turns",
        description = {
            "Measures what the aggregator needs to join messages into turns, compared with the session windows of"
                    + " Kafka Streams, with many open turns and across restarts, and how late turns are closed.",
            "docs/performance.md explains the report."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class TurnsBenchCommand implements Callable<Integer> {

    @Option(
            names = "--parts",
            paramLabel = "PARTS",
            split = ",",
            defaultValue = "compare,open,restore,delay",
            converter = PartReader.class,
            description = "What is measured. Default: ${DEFAULT-VALUE}")
    private Set<TurnsPlan.Part> parts = Set.of();

    @Option(
            names = "--forms",
            paramLabel = "FORMS",
            split = ",",
            defaultValue = "lull,adaptive,suppress,suppress-once,on-close,on-close-once,on-close-once-500",
            converter = FormReader.class,
            description = "What is compared; lull is always measured too. Default: ${DEFAULT-VALUE}")
    private Set<TurnForm> forms = Set.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds of the comparison, after a warm-up round. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "Messages that each form reads in a round, and that are measured at each number of open turns."
                            + " Default: ${DEFAULT-VALUE}")
    private int messages;

    @Option(
            names = "--per-turn",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "1,4,16",
            description = "Messages of a turn in the comparison. Default: ${DEFAULT-VALUE}")
    private List<Integer> perTurn = List.of();

    @Option(
            names = "--open",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "10000,100000,1000000",
            description = "Numbers of open turns. Default: ${DEFAULT-VALUE}")
    private List<Integer> openTurns = List.of();

    @Option(
            names = "--hour",
            paramLabel = "N",
            defaultValue = "100",
            description = "Messages a second of the hour before a restart. Default: ${DEFAULT-VALUE}")
    private int perHour;

    @Option(
            names = "--rates",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "20,2000,10000",
            description = "Messages a second while the closing delay is measured. Default: ${DEFAULT-VALUE}")
    private List<Integer> rates = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long each rate lasts. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--peers",
            description = "Compare the best form of the DSL, Flink and Hazelcast Jet with Lull (unless --forms and"
                    + " --parts select otherwise), and try what they do in silence and after a kill.")
    private boolean withPeers;

    @Option(
            names = "--peer-commit",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "1000",
            description = "How often peers commit what they have done, in milliseconds; lull does every 500 here,"
                    + " because it catches up."
                    + " Default: ${DEFAULT-VALUE}")
    private List<Integer> peerCommit = List.of();

    @Option(
            names = "--jfr",
            paramLabel = "FILE",
            description =
                    "Write a recording of Java Flight Recorder of the aggregator in the comparison; the figures of"
                            + " such a run are not for comparison.")
    private @Nullable Path jfr;

    @Mixin
    private final Reporting reporting = new Reporting();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        TurnsBench.Result result = new TurnsBench(plan(), reporting::progress).run();
        return reporting.report(result.report(), result.flaws());
    }

    private TurnsPlan plan() {
        try {
            return new TurnsPlan(
                    isLeftToPeers("--parts") ? TurnsPlan.PARTS_OF_PEERS : parts,
                    isLeftToPeers("--forms") ? TurnsPlan.FORMS_BESIDE_PEERS : forms,
                    rounds,
                    messages,
                    perTurn,
                    openTurns,
                    perHour,
                    rates,
                    seconds,
                    peers(),
                    peerCommit.stream().map(Duration::ofMillis).toList(),
                    jfr);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /// Whether peers decide on an option, because it is not given.
    private boolean isLeftToPeers(String option) {
        ParseResult given = spec.commandLine().getParseResult();
        return withPeers && !given.hasMatchedOption(option);
    }

    private List<TurnPeer> peers() {
        List<TurnPeer> peers = withPeers ? Peers.of(TurnPeer.class) : List.of();
        reporting.require(!peers.isEmpty() || !withPeers, Peers.MISSING);
        return peers;
    }

    /// Reads the name of a part as people write it.
    private static final class PartReader implements ITypeConverter<TurnsPlan.Part> {
        @Override
        public TurnsPlan.Part convert(String value) {
            for (TurnsPlan.Part part : TurnsPlan.Part.values()) {
                if (part.name().equalsIgnoreCase(value.strip())) {
                    return part;
                }
            }
            throw new TypeConversionException("There is no part " + value);
        }
    }

    /// Reads the name of a form as people write it.
    private static final class FormReader implements ITypeConverter<TurnForm> {
        @Override
        public TurnForm convert(String value) {
            for (TurnForm form : TurnForm.values()) {
                if (form.word().equalsIgnoreCase(value.strip())) {
                    return form;
                }
            }
            throw new TypeConversionException("There is no form " + value);
        }
    }
}
