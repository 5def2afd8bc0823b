package lull.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import lull.aggregator.AggregatorSettings;
import lull.contract.topic.Topic;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lull topics list`: prints the topics that an installation needs, without asking a broker.
@Command(
        name = "list",
        description = "Lists the topics that your settings need, with their configuration. Does not connect to Kafka.",
        mixinStandardHelpOptions = true)
final class TopicsListCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(
            names = "--strimzi",
            paramLabel = "CLUSTER",
            description = "Print KafkaTopic resources for the Kafka cluster of this name, in YAML.")
    private @Nullable String strimzi;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = configuration.load(
                several -> AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations()));
        TopicKeeper.Layout layout = TopicKeeper.Layout.of(settings);
        List<Topic> topics = InstallationTopics.of(settings);
        String cluster = strimzi;
        PrintWriter out = spec.commandLine().getOut();
        if (cluster == null) {
            topics.forEach(topic -> out.println(line(topic, layout)));
        } else {
            Strimzi resources = new Strimzi(cluster);
            for (Topic topic : topics) {
                out.println("---");
                resources.topic(topic, layout).forEach(out::println);
            }
        }
        out.flush();
        return 0;
    }

    private static String line(Topic topic, TopicKeeper.Layout layout) {
        StringBuilder line = new StringBuilder(topic.name())
                .append(" partitions=")
                .append(layout.partitions())
                .append(" replication.factor=")
                .append(layout.replicas().orElse((short) -1));
        new TreeMap<>(layout.config(topic))
                .forEach((name, value) ->
                        line.append(' ').append(name).append('=').append(value));
        return line.toString();
    }
}
