package lull.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import lull.runtime.CannotStart;
import lull.runtime.settings.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull init`: writes a file of settings to start from, with every setting and its description.
@Command(
        name = "init",
        description = {
            "Writes a settings file to start from: the required settings first, all others as comments with their"
                    + " defaults.",
            "One file serves all processes of an installation. An existing file is not changed."
        },
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    private static final int WIDTH = 110;

    /// Settings that an installation with one app, one business number and one queue needs, in the
    /// order in which people set them.
    static final List<String> FIRST = List.of(
            "whatsapp.app.secrets",
            "whatsapp.verify.token",
            "whatsapp.access.token",
            "connect.instance.id",
            "connect.contact.flow.id",
            "connect.streaming.topic.arn",
            "connect.queue.url");

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "lull.properties",
            description = "Default: ${DEFAULT-VALUE}")
    private Path file = Path.of("lull.properties");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            Files.write(file, lines(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CannotStart("The file " + file + " exists already and is not changed: give another name", e);
        } catch (IOException e) {
            throw new CannotStart(
                    "The file " + file + " cannot be written (" + e.getClass().getSimpleName()
                            + "): give a file in a folder that exists and that you may write to",
                    e);
        }
        spec.commandLine()
                .getOut()
                .println("Wrote " + file + ". Fill in its first part, then run: bin/lull topics create --config "
                        + file);
        return 0;
    }

    static List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                "# Settings of Lull, for all of its processes. Each can also be set by an environment variable,"
                        + " which overrides",
                "# this file: ingress.port is LULL_INGRESS_PORT. Secrets are better set there, or in files that"
                        + " variables such",
                "# as LULL_WHATSAPP_ACCESS_TOKEN_FILE name. A setting that is commented out has the default that is"
                        + " shown.",
                "",
                "# ---- Required ----",
                "",
                "# The brokers. All properties of Kafka's clients are set in this way.",
                "kafka.bootstrap.servers=localhost:9092",
                "#kafka.security.protocol=SASL_SSL",
                ""));
        List<Setting<?>> all = SettingsCommand.groups().stream()
                .flatMap(group -> group.settings().stream())
                .toList();
        Set<String> first = Set.copyOf(FIRST);
        for (String name : FIRST) {
            all.stream().filter(setting -> setting.name().equals(name)).forEach(setting -> add(lines, setting, ""));
        }
        for (SettingsCommand.Group group : SettingsCommand.groups()) {
            lines.add("# ---- " + group.title() + " ----");
            lines.add("");
            group.settings().stream()
                    .filter(setting -> !first.contains(setting.name()))
                    .forEach(setting -> add(lines, setting, "#"));
        }
        return lines;
    }

    private static void add(List<String> lines, Setting<?> setting, String before) {
        StringBuilder line = new StringBuilder("#");
        String description = setting.description() + (setting.isSecret() ? " (secret)" : "");
        for (String word : description.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        lines.add(before + setting.name() + "=" + setting.defaultText().orElse(""));
        lines.add("");
    }
}
