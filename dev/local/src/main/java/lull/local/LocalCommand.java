package lull.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import lull.cli.LullCommand;
import lull.runtime.process.Launcher;
import lull.runtime.settings.SettingsLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lull local`: the whole system in one JVM, until Ctrl-C.
@Command(
        name = "local",
        description = {
            "Runs the whole system in one JVM: an embedded Kafka broker, ingress, aggregator and bridge, and stand-ins of"
                    + " Amazon Connect and of WhatsApp. A small application repeats what customers write to the app 'echo',"
                    + " unless the settings have apps, destinations or routes of their own.",
            "Its app secret is local-secret, its verify token local-verify and its token for replies local-replies; the operators'"
                    + " token is local-operator, that of the archive local-archive, and that of the console"
                    + " local-console-operator."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class LocalCommand implements LullCommand, Callable<Integer> {

    /// What a terminal or a test waits for is the same in all settings.
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

    @Mixin
    private StandInOptions standIns = new StandInOptions();

    @Option(
            names = "--try-port",
            paramLabel = "PORT",
            defaultValue = "8088",
            description = "Port of the page for trying Lull in a browser. Default: ${DEFAULT-VALUE}")
    private int tryPort;

    @Option(
            names = "--ingress-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the webhooks. Default: ${DEFAULT-VALUE}")
    private int ingressPort;

    @Option(
            names = "--aggregator-port",
            paramLabel = "PORT",
            defaultValue = "8082",
            description = "Port of the operators' API: gaps and open turns. Default: ${DEFAULT-VALUE}")
    private int aggregatorPort;

    @Option(
            names = "--bridge-port",
            paramLabel = "PORT",
            defaultValue = "8083",
            description = "Port of the SNS endpoint. Default: ${DEFAULT-VALUE}")
    private int bridgePort;

    @Option(
            names = "--archive-port",
            paramLabel = "PORT",
            defaultValue = "8084",
            description = "Port of the archive's API. Default: ${DEFAULT-VALUE}")
    private int archivePort;

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            defaultValue = "8089",
            description = "Port of the operators' console. Default: ${DEFAULT-VALUE}")
    private int consolePort;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "9090",
            description = "Port of health and metrics. Default: ${DEFAULT-VALUE}")
    private int adminPort;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the embedded broker. Default: ${DEFAULT-VALUE}")
    private int kafkaPort;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = ".lull",
            description = "Folder of the data. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of(".lull");

    @Option(
            names = "--fresh",
            description =
                    "Deletes the data of earlier runs first, in a folder that `lull local` has created; refuses any other.")
    private boolean fresh;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file that overrides the settings of the" + " local system.")
    private @Nullable Path config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        LocalOptions options = new LocalOptions(
                standIns.host(),
                ingressPort,
                aggregatorPort,
                bridgePort,
                archivePort,
                consolePort,
                adminPort,
                standIns.connectPort(),
                standIns.graphPort(),
                tryPort,
                kafkaPort,
                data,
                fresh);
        Path file = config;
        Map<String, String> given = file == null ? Map.of() : SettingsLoader.read(file);
        return Launcher.run("local", STOP_TIMEOUT, components -> {
            long start = System.nanoTime();
            LocalLull lull = LocalLull.start(options, System.getenv(), given, components);
            lull.awaitReady();
            components.add(
                    "turn printer",
                    TurnPrinter.start(
                            lull.bootstrapServers(), spec.commandLine().getOut()));
            lull.startTryPage(components);
            Welcome.print(
                    spec.commandLine().getOut(), options, lull.hasEcho(), lull.shown(), System.nanoTime() - start);
        });
    }
}
