package lull.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lull.aggregator.inforce.ModelReport;
import lull.cli.json.JsonOutput;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull gap model`: shows and changes the model of the adaptive gap while the aggregator runs.
@Command(
        name = "model",
        description = "Shows and changes the model of the adaptive gap while the aggregator runs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {GapModelCommand.Show.class, GapModelCommand.Set.class, GapModelCommand.Reset.class})
final class GapModelCommand {

    /// What all of its commands need.
    private static final class Target {

        @Parameters(index = "0", paramLabel = "TOPIC", description = "The input topic.")
        private String topic = "";

        @Mixin
        private final AggregatorClient aggregator = new AggregatorClient();

        private String path() {
            return "/gaps/" + encoded(topic) + "/model";
        }
    }

    /// What the commands that change it need.
    private static final class Author {

        @Option(
                names = "--by",
                paramLabel = "NAME",
                defaultValue = "${sys:user.name}",
                description = "Name to record as author of the change. Default: the user of this machine.",
                showDefaultValue = Help.Visibility.NEVER)
        private String by = "";

        private String query() {
            return "?by=" + encoded(by);
        }
    }

    /// `lull gap model show`: the model as a file; exit code 1 if partitions differ.
    @Command(
            name = "show",
            description = "Shows the model that is in force, as a file. With --json also in which partitions it is.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Mixin
        private final Target target = new Target();

        @Mixin
        private final JsonOutput json = new JsonOutput();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            ModelReport report = Json.read(target.aggregator.get(target.path()), ModelReport.class);
            if (json.isWanted()) {
                JsonOutput.print(report, spec.commandLine().getOut());
                return report.models().size() == 1 && report.unknownPartitions().isEmpty() ? 0 : 1;
            }
            PrintWriter err = spec.commandLine().getErr();
            if (!report.unknownPartitions().isEmpty()) {
                err.println("The model is unknown for partitions " + GapShowCommand.ranges(report.unknownPartitions())
                        + ": no instance that serves them answered, or it has an older version of Lull.");
            }
            if (report.models().size() > 1) {
                err.println("The partitions differ: "
                        + report.models().stream()
                                .map(each -> each.model().version() + " (partitions "
                                        + GapShowCommand.ranges(each.partitions()) + ")")
                                .collect(Collectors.joining(", "))
                        + ". Set the model again.");
            }
            if (report.models().size() != 1) {
                return 1;
            }
            spec.commandLine()
                    .getOut()
                    .println(Json.text(report.models().getFirst().model()));
            return report.unknownPartitions().isEmpty() ? 0 : 1;
        }
    }

    /// `lull gap model set`: changes the model.
    @Command(
            name = "set",
            description = {
                "Changes the model, from the next message on and on every instance. `lull bench gap --train` learns one.",
                "The change survives restarts. The topic lull.setting.changed records who changed it."
            },
            mixinStandardHelpOptions = true)
    static final class Set implements Callable<Integer> {

        @Mixin
        private final Target target = new Target();

        @Parameters(index = "1", paramLabel = "FILE", description = "The model's file.")
        private Path file = Path.of("");

        @Mixin
        private final Author author = new Author();

        @Mixin
        private final JsonOutput json = new JsonOutput();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            print(spec, json, target.aggregator.putBytes(target.path() + author.query(), content()));
            return 0;
        }

        private byte[] content() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new CannotStart(FileProblem.words(file, e), e);
            }
        }
    }

    /// `lull gap model reset`: back to the model that Lull ships.
    @Command(
            name = "reset",
            description = "Uses the model that Lull ships again, from the next message on and on every instance.",
            mixinStandardHelpOptions = true)
    static final class Reset implements Callable<Integer> {

        @Mixin
        private final Target target = new Target();

        @Mixin
        private final Author author = new Author();

        @Mixin
        private final JsonOutput json = new JsonOutput();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            print(spec, json, target.aggregator.delete(target.path() + author.query()));
            return 0;
        }
    }

    private static void print(CommandSpec spec, JsonOutput json, byte[] answer) throws UnreadableJson {
        if (json.isWanted()) {
            JsonOutput.print(Json.tree(answer), spec.commandLine().getOut());
            return;
        }
        SettingChange change = Json.read(answer, SettingChange.class);
        String version = change.value();
        spec.commandLine()
                .getOut()
                .println("The model of " + change.topic() + " is "
                        + (version == null ? "the one that Lull ships" : version) + " from the next message on, in "
                        + change.partitions().size() + " partitions.");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
