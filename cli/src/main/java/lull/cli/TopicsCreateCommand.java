package lull.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lull.aggregator.AggregatorSettings;
import lull.cli.json.JsonOutput;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lull topics create`: creates the topics that are missing and does not change the others.
@Command(
        name = "create",
        description = "Creates the topics that are missing, including changelogs and dead-letter topics.",
        mixinStandardHelpOptions = true)
final class TopicsCreateCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

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
            List<String> made = keeper.create(InstallationTopics.of(settings), TopicKeeper.Layout.of(settings));
            if (json.isWanted()) {
                JsonOutput.print(Map.of("created", made), out);
            } else {
                made.forEach(name -> out.println("created " + name));
                out.println(made.isEmpty() ? "All topics exist already." : made.size() + " topics created.");
            }
        }
        return 0;
    }
}
