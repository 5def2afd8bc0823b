package lull.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lull.aggregator.AggregatorSettings;
import lull.aggregator.stream.StreamSettings;
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
        print(plan, out);
        problems.forEach(problem -> out.println("Does not fit: " + problem + "."));
        out.println(problems.isEmpty() ? "Everything fits." : TopicsCheckCommand.count(problems));
        return problems.isEmpty() ? 0 : 1;
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
            out.println("The aggregator's transactions have not been tried on MSK Serverless: try them before you"
                    + " rely on it.");
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
