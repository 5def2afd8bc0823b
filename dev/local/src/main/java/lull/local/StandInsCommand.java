package lull.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import lull.cli.LullCommand;
import lull.runtime.Lifecycle;
import lull.runtime.process.Launcher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull stand-ins`: the stand-ins without the services, which are processes of their own, until Ctrl-C.
@Command(
        name = "stand-ins",
        description = {
            "Runs stand-ins of Amazon Connect, WhatsApp and Amazon S3, but no service. Run the services beside them as"
                    + " processes of their own, on the same machine.",
            "The secrets are those of `lull local`, which are published."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class StandInsCommand implements LullCommand, Callable<Integer> {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

    @Mixin
    private StandInOptions standIns = new StandInOptions();

    @Option(
            names = "--files-port",
            paramLabel = "PORT",
            defaultValue = "8092",
            description = "Port of the stand-in of Amazon S3. Default: ${DEFAULT-VALUE}")
    private int filesPort;

    @Option(
            names = "--webhooks",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080/webhooks/whatsapp",
            description = "Address of the ingress, which receives the webhooks. Default: ${DEFAULT-VALUE}")
    private URI webhooks = URI.create("http://localhost");

    @Option(
            names = "--notifications",
            paramLabel = "URL",
            defaultValue = "http://localhost:8083/sns/connect",
            description = "Address of the bridge, which receives the notifications of SNS. Default: ${DEFAULT-VALUE}")
    private URI notifications = URI.create("http://localhost");

    @Option(
            names = "--broker",
            paramLabel = "FOLDER",
            description =
                    "Also runs an embedded Kafka broker with the topics on port 9092, whose data is in this folder.")
    private @Nullable Path broker;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Writes the settings by which the services use all this to this file.")
    private @Nullable Path settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Launcher.run("stand-ins", STOP_TIMEOUT, components -> {
            Map<String, String> join = start(components);
            Path file = settings;
            if (file != null) {
                write(join, file);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println("The stand-ins are ready: " + join.get("connect.endpoint") + "/_agent/chats and "
                    + join.get("whatsapp.graph.endpoint") + "/_phone/messages");
            out.flush();
        });
    }

    private Map<String, String> start(Lifecycle components) throws Exception {
        Path data = broker;
        if (data == null) {
            return StandIns.start(
                            new StandIns.Ports(
                                    standIns.host(), standIns.connectPort(), standIns.graphPort(), filesPort),
                            new StandIns.Receivers(webhooks, notifications, Optional.empty()),
                            components)
                    .settings();
        }
        for (String option : List.of("--webhooks", "--notifications")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " does not go with --broker: the stand-ins then expect an ingress on port 8080 and a"
                                + " bridge on port 8083 of this machine");
            }
        }
        LocalOptions options = new LocalOptions(
                standIns.host(),
                8080,
                8082,
                8083,
                8084,
                8089,
                9090,
                standIns.connectPort(),
                standIns.graphPort(),
                0,
                9092,
                data,
                false);
        return LocalLull.startSurroundings(options, filesPort, components).settings();
    }

    /// A reader finds all of it or nothing.
    private static void write(Map<String, String> settings, Path file) throws IOException {
        Properties properties = new Properties();
        properties.putAll(new TreeMap<>(settings));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text.toString());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
