package lull.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import lull.aggregator.AggregatorSettings;
import lull.cli.json.JsonOutput;
import lull.contract.topic.KafkaAccess;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.settings.Settings;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lull topics check`: reports what is wrong with the topics; exit code 1 if something is.
@Command(
        name = "check",
        description = "Checks the topics at the broker. Prints each problem with its solution.",
        mixinStandardHelpOptions = true)
final class TopicsCheckCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

    /// It creates nothing, and writes no record.
    private static final Set<AclOperation> NEEDED =
            Set.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS, AclOperation.READ);

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = configuration.load(
                several -> AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations()));
        PrintWriter out = spec.commandLine().getOut();
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.of(settings))) {
            List<String> problems = keeper.check(
                    InstallationTopics.of(settings),
                    TopicKeeper.Layout.of(settings),
                    InstallationTopics.rights(settings, KafkaAccess.TOPICS, NEEDED));
            if (json.isWanted()) {
                JsonOutput.print(Map.of("problems", problems), out);
            } else {
                problems.forEach(out::println);
                out.println(problems.isEmpty() ? "All topics are correct." : count(problems));
            }
            return problems.isEmpty() ? 0 : 1;
        }
    }

    static String count(List<String> problems) {
        return problems.size() == 1 ? "1 problem." : problems.size() + " problems.";
    }
}
