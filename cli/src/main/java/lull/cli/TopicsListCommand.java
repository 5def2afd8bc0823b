package lull.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import lull.aggregator.AggregatorSettings;
import lull.cli.json.JsonOutput;
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

    @Mixin
    private final JsonOutput json = new JsonOutput();

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
        json.requireAlone(spec, "--strimzi", cluster != null);
        if (json.isWanted()) {
            topics.forEach(topic -> JsonOutput.print(json(topic, layout), out));
        } else if (cluster == null) {
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

    /// Returns a topic for programs. A factor of -1 is decided by the broker.
    static Map<String, Object> json(Topic topic, TopicKeeper.Layout layout) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", topic.name());
        json.put("partitions", layout.partitions());
        json.put("replicationFactor", layout.replicas().orElse((short) -1));
        json.put("config", new TreeMap<>(layout.config(topic)));
        return json;
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
