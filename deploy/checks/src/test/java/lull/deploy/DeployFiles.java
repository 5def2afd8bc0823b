package lull.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lull.cli.Lull;
import picocli.CommandLine;

/// The files of deploy/, and what of the code they name.
final class DeployFiles {

    static final Path ROOT = Path.of("..", "..");
    static final Path DEPLOY = ROOT.resolve("deploy");

    static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /// Variables that are read before the settings.
    private static final Set<String> FIRST =
            Set.of("LULL_CONFIG", "LULL_JAVA_OPTS", "LULL_LOG_FORMAT", "LULL_LOG_LEVEL", "LULL_MSK_IAM");

    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z0-9.]+)` \\| `(LULL_[A-Z0-9_]+)` \\| (.*?) \\| (yes)? ?\\| .*");
    private static final Pattern METER = Pattern.compile("^\\| `lull\\.[a-z.]+` \\| `(lull_[a-z_]+)` \\| ([a-z]+).*");
    private static final Pattern JVM_METER = Pattern.compile("^\\| `((?:jvm|process)_[a-z_]+)` \\| .*");

    private DeployFiles() {}

    /// A setting as `bin/lull settings` lists it.
    ///
    /// @param defaultValue empty where there is none
    record Listed(String name, String variable, String defaultValue, boolean isSecret) {}

    /// All settings by their variable.
    static Map<String, Listed> settings() {
        Map<String, Listed> settings = new LinkedHashMap<>();
        run("settings", "--markdown")
                .lines()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .forEach(row -> {
                    Listed listed = new Listed(
                            row.group(1),
                            row.group(2),
                            row.group(3).replace("`", "").strip(),
                            row.group(4) != null);
                    settings.put(listed.variable(), listed);
                });
        assertThat(settings).hasSizeGreaterThan(150);
        return settings;
    }

    /// The default of a setting, by its variable.
    static String defaultOf(String variable) {
        return requireNonNull(settings().get(variable), variable).defaultValue();
    }

    /// Whether this is the variable of a setting that is a secret.
    static boolean isSecret(String variable, Map<String, Listed> settings) {
        Listed setting = settings.get(variable);
        return setting != null && setting.isSecret();
    }

    /// Whether a process of Lull reads this variable.
    static boolean isVariable(String variable, Map<String, Listed> settings) {
        if (FIRST.contains(variable) || settings.containsKey(variable)) {
            return true;
        }
        Listed ofFile = settings.get(variable.replaceFirst("_FILE$", ""));
        return ofFile != null && ofFile.isSecret();
    }

    /// What a command prints.
    static String run(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(Lull.commandLine().setOut(new PrintWriter(out, true)).execute(arguments))
                .isZero();
        return out.toString();
    }

    /// Fails unless `lull` has this command with these options.
    static void requireCommand(List<String> words) {
        CommandLine command = Lull.commandLine();
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                break;
            }
            command = next;
        }
        assertThat(command.getCommandName())
                .as("the command of %s", words)
                .isIn(words.stream().filter(word -> !word.startsWith("-")).toList());
        assertThat(words.stream().filter(word -> word.startsWith("--")))
                .as("options of %s", words)
                .isSubsetOf(command.getCommandSpec().optionsMap().keySet());
    }

    /// The names in Prometheus of all meters in docs/metrics.md.
    static Set<String> meters() {
        Set<String> meters = new HashSet<>();
        for (String line : read(ROOT.resolve("docs/metrics.md")).lines().toList()) {
            var meter = METER.matcher(line);
            if (meter.matches()) {
                meters.add(meter.group(1));
                if (meter.group(2).equals("timer") || meter.group(2).equals("summary")) {
                    meters.addAll(List.of(meter.group(1) + "_count", meter.group(1) + "_sum", meter.group(1) + "_max"));
                }
            }
            var ofJvm = JVM_METER.matcher(line);
            if (ofJvm.matches()) {
                meters.add(ofJvm.group(1));
            }
        }
        assertThat(meters).hasSizeGreaterThan(60);
        return meters;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The documents of a YAML file.
    static List<JsonNode> documents(String yaml) {
        try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            List<JsonNode> documents = new ArrayList<>();
            while (all.hasNext()) {
                JsonNode document = all.next();
                if (!document.isNull() && !document.isMissingNode()) {
                    documents.add(document);
                }
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode document(Path file) {
        List<JsonNode> documents = documents(read(file));
        assertThat(documents).as("documents of %s", file).hasSize(1);
        return documents.getFirst();
    }

    /// The assignments of an env file.
    static Map<String, String> env(Path file) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String line : read(file).lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                assertThat(equals).as("'=' in '%s' of %s", line, file).isPositive();
                assertThat(all.put(line.substring(0, equals), line.substring(equals + 1)))
                        .as("second %s", line)
                        .isNull();
            }
        }
        return all;
    }

    static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::asText).toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());
    }
}
