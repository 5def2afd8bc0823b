package lull.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lull.aggregator.AggregatorSettings;
import lull.cli.json.JsonOutput;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.KafkaAccess.Right;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.resource.PatternType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lull topics acls`: prints what each process may do on Kafka, as commands that grant it.
@Command(
        name = "acls",
        description = "Prints the ACLs that each process needs, as calls of kafka-acls.sh, or as users for Strimzi.",
        mixinStandardHelpOptions = true)
final class TopicsAclsCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(
            names = "--principal",
            paramLabel = "PATTERN",
            defaultValue = "User:lull-%s",
            description = "Principal of each process; %%s is replaced by its name. Default: ${DEFAULT-VALUE}")
    private String principal = "";

    @Option(
            names = "--strimzi",
            paramLabel = "CLUSTER",
            description =
                    "Print KafkaUser resources for the Kafka cluster of this name, in YAML. Their names are those of"
                            + " the principals, without 'User:'.")
    private @Nullable String strimzi;

    @Option(names = "--markdown", description = "Print the tables of docs/acls.md.")
    private boolean markdown;

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = configuration.load(
                several -> AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations()));
        KafkaAccess.Scope scope = InstallationTopics.access(settings);
        PrintWriter out = spec.commandLine().getOut();
        json.requireAlone(spec, "--strimzi", strimzi != null);
        json.requireAlone(spec, "--markdown", markdown);
        for (KafkaAccess process : KafkaAccess.values()) {
            if (json.isWanted()) {
                process.of(scope).forEach(right -> JsonOutput.print(json(process, principal, right), out));
            } else {
                print(process, scope).forEach(out::println);
            }
        }
        out.flush();
        return 0;
    }

    /// Returns a right for programs, in the words of kafka-acls.sh.
    ///
    /// @param principal pattern of principals, in which `%s` is replaced by the name of the process
    static Map<String, Object> json(KafkaAccess process, String principal, Right right) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("process", process.word());
        json.put("principal", principal.replace("%s", process.word()));
        json.put("resource", option(right));
        json.put("name", right.name());
        json.put("pattern", right.pattern() == PatternType.PREFIXED ? "prefixed" : "literal");
        json.put("operations", right.words());
        return json;
    }

    private List<String> print(KafkaAccess process, KafkaAccess.Scope scope) {
        String cluster = strimzi;
        if (cluster == null) {
            return markdown ? table(process, scope) : commands(process, scope);
        }
        List<String> lines = new ArrayList<>(List.of("---"));
        String name = principal.replace("%s", process.word()).replaceFirst("^User:", "");
        lines.addAll(new Strimzi(cluster).user(name, process, scope));
        return lines;
    }

    private List<String> commands(KafkaAccess process, KafkaAccess.Scope scope) {
        return process.of(scope).stream()
                .map(right -> "kafka-acls.sh --bootstrap-server \"$BROKERS\" --command-config \"$ADMIN\" --add"
                        + " --allow-principal '" + principal.replace("%s", process.word()) + "'"
                        + " --" + option(right) + " " + right.name()
                        + (right.pattern() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "")
                        + operations(right, " --operation ", ""))
                .toList();
    }

    private static List<String> table(KafkaAccess process, KafkaAccess.Scope scope) {
        List<String> lines = new ArrayList<>(
                List.of("### " + process.word(), "", "| resource | name | operations |", "|---|---|---|"));
        for (Right right : process.of(scope)) {
            lines.add("| " + option(right).replace('-', ' ')
                    + (right.pattern() == PatternType.PREFIXED ? ", prefix" : "")
                    + " | `" + right.name() + "` | " + operations(right, "", ", ") + " |");
        }
        lines.add("");
        return lines;
    }

    private static String option(Right right) {
        return switch (right.type()) {
            case TOPIC -> "topic";
            case GROUP -> "group";
            case TRANSACTIONAL_ID -> "transactional-id";
            default -> throw new IllegalStateException("No process has a right on " + right.type());
        };
    }

    private static String operations(Right right, String before, String between) {
        return right.words().stream().map(word -> before + word).collect(Collectors.joining(between));
    }
}
