package lull.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lull.aggregator.AggregatorSettings;
import lull.bridge.BridgeSettings;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull topics repartition`: gives a topic more partitions while nothing of it is to be read; exit code 1 where
/// something still is.
@Command(
        name = "repartition",
        description =
                "Gives a topic, and those that have as many partitions as it, more partitions. Refuses while Lull's"
                        + " services run or records of it are still to be read. docs/upgrading.md tells the steps before and"
                        + " after.",
        mixinStandardHelpOptions = true)
final class TopicsRepartitionCommand implements Callable<Integer> {

    /// As for `topics.partitions`.
    private static final int MOST = 4096;

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(
            names = "--topic",
            required = true,
            paramLabel = "TOPIC",
            description = "The topic, such as whatsapp.turn.closed.")
    private String topic = "";

    @Option(
            names = "--partitions",
            required = true,
            paramLabel = "N",
            description = "How many partitions it is to have, up to 4096. The number that it has already records that,"
                    + " after partitions were added by other means.")
    private int partitions;

    @Option(
            names = "--undrained",
            description =
                    "Goes on though records are still to be read. Messages of such a conversation may be handled out"
                            + " of order or make a turn of their own. Only for partitions that were added by other means.")
    private boolean undrained;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (partitions < 1 || partitions > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "--partitions must be from 1 to " + MOST + ", not " + partitions);
        }
        Settings settings = configuration.load(several -> {
            List<Setting<?>> all = new ArrayList<>(AggregatorSettings.all(several.inputs(), several.numbers()));
            all.addAll(BridgeSettings.all(several.chatNumbers()));
            return all;
        });
        PrintWriter out = spec.commandLine().getOut();
        try (Repartitioning repartitioning =
                new Repartitioning(settings, KafkaSetup.of(settings), Clock.systemUTC(), out)) {
            return repartitioning.run(topic, partitions, undrained) ? 0 : 1;
        }
    }
}
