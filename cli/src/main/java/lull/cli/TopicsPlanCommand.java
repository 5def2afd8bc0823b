package lull.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import lull.aggregator.AggregatorSettings;
import lull.aggregator.stream.StreamSettings;
import lull.cli.json.JsonOutput;
import lull.runtime.kafka.BrokerKind;
import lull.runtime.kafka.TopicKeeper.Layout;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull topics plan`: what the topics need of a Kafka, before there is one; exit code 1 if it cannot
/// work.
@Command(
        name = "plan",
        description = "Prints how many partitions and connections an installation needs on a kind of Kafka, and what"
                + " does not fit. Needs no broker.",
        mixinStandardHelpOptions = true)
final class TopicsPlanCommand implements Callable<Integer> {

    private static final String UNTRIED =
            "The aggregator's transactions have not been tried on MSK Serverless: try them before you rely on it.";

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(
            names = "--for",
            paramLabel = "KIND",
            description = "kafka, standard, express or serverless. Default: the setting topics.for")
    private @Nullable String kind;

    @Option(
            names = "--broker-type",
            paramLabel = "TYPE",
            defaultValue = "m7g.large",
            description = "Type of MSK's brokers, such as m7g.large. Default: ${DEFAULT-VALUE}")
    private String brokerType = "";

    @Option(
            names = "--brokers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Number of brokers. Default: ${DEFAULT-VALUE}")
    private int brokers;

    @Option(
            names = "--ingresses",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of ingress processes. Default: ${DEFAULT-VALUE}")
    private int ingresses;

    @Option(
            names = "--aggregators",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of aggregator processes. Default: ${DEFAULT-VALUE}")
    private int aggregators;

    @Option(
            names = "--bridges",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of bridge processes. Default: ${DEFAULT-VALUE}")
    private int bridges;

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = configuration.load(
                several -> AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations()));
        Layout configured = Layout.of(settings);
        BrokerKind chosen = kind == null ? settings.get(TopicSettings.KIND) : kind(kind);
        Layout layout = new Layout(
                configured.partitions(), configured.replicationFactor(), configured.minInsyncReplicas(), chosen);
        TopicPlan plan = new TopicPlan(
                InstallationTopics.of(settings),
                layout,
                new TopicPlan.Brokers(type(chosen), positive("--brokers", brokers)),
                new TopicPlan.Processes(
                        positive("--ingresses", ingresses),
                        positive("--aggregators", aggregators)
                                * settings.get(StreamSettings.THREADS)
                                * settings.get(TopicSettings.INPUTS).size(),
                        positive("--bridges", bridges)));
        List<String> problems = plan.problems();
        PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            JsonOutput.print(json(plan), out);
        } else {
            print(plan, out);
            problems.forEach(problem -> out.println("Does not fit: " + problem + "."));
            out.println(problems.isEmpty() ? "Everything fits." : TopicsCheckCommand.count(problems));
        }
        return problems.isEmpty() ? 0 : 1;
    }

    /// Returns a plan for programs. What a kind of Kafka does not have is absent.
    static Map<String, @Nullable Object> json(TopicPlan plan) {
        BrokerKind chosen = plan.layout().kind();
        boolean hasBrokers = chosen != BrokerKind.SERVERLESS;
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", chosen.word());
        json.put("brokers", hasBrokers ? plan.brokers().number() : null);
        json.put(
                "brokerType",
                hasBrokers && chosen != BrokerKind.KAFKA ? plan.brokers().type() : null);
        json.put("topics", plan.topics().size());
        json.put("compactedTopics", plan.compactedTopics());
        json.put("partitions", plan.partitions());
        json.put("compactedPartitions", plan.compactedPartitions());
        json.put("replicas", hasBrokers ? plan.partitions() * plan.replicas() : null);
        json.put("replicasOnABroker", hasBrokers ? plan.replicasOnABroker() : null);
        json.put("recommendedOnABroker", plan.recommended().orElse(null));
        json.put("connectionsToABroker", plan.processes().connections());
        json.put("allowedConnections", chosen == BrokerKind.KAFKA ? null : TopicPlan.MAX_CONNECTIONS);
        json.put("notSet", plan.leftOut());
        json.put("notes", hasBrokers ? List.of() : List.of(UNTRIED));
        json.put("problems", plan.problems());
        return json;
    }

    private void print(TopicPlan plan, PrintWriter out) {
        BrokerKind chosen = plan.layout().kind();
        out.println(row("kind", chosen.word() + brokersOf(plan)));
        out.println(row("topics", plan.topics().size() + ", " + plan.compactedTopics() + " of them compacted"));
        out.println(row("partitions", plan.partitions() + ", " + plan.compactedPartitions() + " of compacted topics"));
        if (chosen != BrokerKind.SERVERLESS) {
            out.println(row(
                    "replicas",
                    plan.partitions() * plan.replicas() + ", " + plan.replicasOnABroker() + " on a broker"
                            + plan.recommended()
                                    .map(most -> "; MSK recommends at most " + most)
                                    .orElse("")));
        }
        out.println(row(
                "connections",
                "at most " + plan.processes().connections() + " to a broker"
                        + (chosen == BrokerKind.KAFKA
                                ? ""
                                : "; IAM authentication allows " + TopicPlan.MAX_CONNECTIONS)));
        if (!plan.leftOut().isEmpty()) {
            out.println(row("not set", String.join(", ", plan.leftOut()) + ": " + chosen.word() + " decides them"));
        }
        if (chosen == BrokerKind.SERVERLESS) {
            out.println(UNTRIED);
        }
        out.println();
    }

    private static String brokersOf(TopicPlan plan) {
        return switch (plan.layout().kind()) {
            case SERVERLESS -> "";
            case KAFKA -> ", " + plan.brokers().number() + " brokers";
            case STANDARD, EXPRESS ->
                ", " + plan.brokers().number() + " brokers of type "
                        + plan.brokers().type();
        };
    }

    private static String row(String name, String value) {
        return String.format("%-12s %s", name, value);
    }

    private String type(BrokerKind chosen) {
        String type = brokerType.replaceFirst("^(kafka|express)\\.", "");
        List<String> known = TopicPlan.types(chosen);
        if (!known.isEmpty() && !known.contains(type)) {
            throw wrong("--broker-type '" + brokerType + "' is not known here. Known for " + chosen.word() + ": "
                    + String.join(", ", known));
        }
        return type;
    }

    private BrokerKind kind(String word) {
        try {
            return BrokerKind.of(word);
        } catch (IllegalArgumentException e) {
            throw wrong("--for '" + word + "' "
                    + Optional.ofNullable(e.getMessage()).orElse("is unknown"));
        }
    }

    private int positive(String option, int value) {
        if (value < 1 || value > 10_000) {
            throw wrong(option + " is " + value + ", and must be 1 to 10000");
        }
        return value;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
