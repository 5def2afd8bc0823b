package lull.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lull.aggregator.AggregatorSettings;
import lull.bridge.BridgeSettings;
import lull.cli.json.JsonOutput;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull topics repartition`: adds partitions to a topic while nothing of it is left to read; exit code
/// 1 if something is.
@Command(
        name = "repartition",
        description =
                "Adds partitions to a topic, and to the topics that must have the same number. Refuses while Lull's"
                        + " services run or records of the topic are unread. docs/upgrading.md describes the steps"
                        + " before and after.",
        mixinStandardHelpOptions = true)
final class TopicsRepartitionCommand implements Callable<Integer> {

    /// Same maximum as for `topics.partitions`.
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
            description = "New number of partitions, up to 4096. The current number is only recorded, for partitions"
                    + " that were added by other means.")
    private int partitions;

    @Option(
            names = "--undrained",
            description = "Continues although records are unread. Messages of their conversations may be handled out of"
                    + " order or become separate turns. Only for partitions that were added by other means.")
    private boolean undrained;

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (partitions < 1 || partitions > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "--partitions must be from 1 to " + MOST + ", not " + partitions);
        }
        Settings settings = configuration.load(several -> {
            List<Setting<?>> all = new ArrayList<>(
                    AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations()));
            all.addAll(BridgeSettings.all(several.chatNumbers(), several.apps(), several.channels()));
            return all;
        });
        PrintWriter progress = json.progress(spec);
        try (Repartitioning repartitioning =
                new Repartitioning(settings, KafkaSetup.of(settings), Clock.systemUTC(), progress::println)) {
            Repartitioning.Result result = repartitioning.run(topic, partitions, undrained);
            if (json.isWanted()) {
                JsonOutput.print(result, spec.commandLine().getOut());
            }
            return result.isDone() ? 0 : 1;
        }
    }
}
