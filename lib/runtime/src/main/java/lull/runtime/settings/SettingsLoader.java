package lull.runtime.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import org.jspecify.annotations.Nullable;

/// Loader of settings: the environment (`LULL_INGRESS_PORT`) overrides a file (`ingress.port`), which
/// overrides the default. `LULL_..._FILE` names a file that contains a secret.
/// `KAFKA_SECURITY_PROTOCOL`, in the file `kafka.security.protocol`, is passed to Kafka's clients as
/// `security.protocol`. Unknown keys are rejected, and all problems are reported at once.
public final class SettingsLoader {

    /// A setting of a destination or a channel.
    private static final Pattern OF_A_NAME = Pattern.compile("((destination|channel)\\.([a-z0-9-]+)\\.).+");

    private static final String PREFIX = "LULL_";
    private static final String FILE_SUFFIX = "_FILE";
    private static final int MAX_SHOWN = 200;
    private static final Pattern USERS = Pattern.compile("//\\S*@");
    private static final Pattern PASSWORDS = Pattern.compile("(?i)(password=)[^&;\\s]*");
    private static final String KAFKA_PREFIX = "KAFKA_";
    private static final String KAFKA_KEY_PREFIX = "kafka.";

    /// Variables that the start script and the logging read before there are settings.
    private static final Set<String> SCRIPT_VARIABLES =
            Set.of("LULL_CONFIG", "LULL_JAVA_OPTS", "LULL_LOG_FORMAT", "LULL_LOG_LEVEL", "LULL_MSK_IAM");

    private final Collection<? extends Setting<?>> known;
    private final Collection<? extends Setting<?>> ofOthers;
    private final KafkaProperties kafkaProperties;

    /// Creates a loader of these settings.
    public SettingsLoader(Collection<? extends Setting<?>> known) {
        this(known, List.of(), Set.of());
    }

    /// Creates a loader of these settings that ignores those of other processes, because installations
    /// share files and environments.
    ///
    /// @param kafkaNames properties of Kafka that are known besides those of its producer, consumer and
    ///     admin client
    public SettingsLoader(
            Collection<? extends Setting<?>> known, Collection<? extends Setting<?>> ofOthers, Set<String> kafkaNames) {
        this.known = known;
        this.ofOthers = ofOthers;
        this.kafkaProperties = new KafkaProperties(kafkaNames);
    }

    /// Loads from the environment and a file in Java properties format, which may be absent.
    public Settings load(Map<String, String> environment, @Nullable Path file) {
        return load(environment, file == null ? Map.of() : read(file));
    }

    /// Loads from the environment and the keys of a file.
    public Settings load(Map<String, String> environment, Map<String, String> file) {
        List<String> problems = new ArrayList<>();
        Map<Setting<?>, @Nullable String> texts = new LinkedHashMap<>();
        Map<Setting<?>, Path> files = new LinkedHashMap<>();
        for (Setting<?> setting : known) {
            texts.put(setting, textOf(setting, environment, file, problems));
            String path = environment.get(setting.environmentName() + FILE_SUFFIX);
            if (path != null && isPath(path)) {
                files.put(setting, Path.of(path));
            }
        }
        refuseUnknown(environment, file, problems);
        Map<String, String> kafka = kafka(environment, file, problems);
        texts.forEach((setting, text) -> check(setting, text, problems));
        if (!problems.isEmpty()) {
            throw unusable(problems);
        }
        return new Settings(texts, files, kafka, kafkaProperties::isShown);
    }

    /// Reads one setting before the others, because the set of settings may depend on it.
    public static <T> T readFirst(Setting<T> setting, Map<String, String> environment, Map<String, String> file) {
        String text = textOf(setting, environment, file, new ArrayList<>());
        try {
            return setting.read(text);
        } catch (IllegalArgumentException e) {
            throw unusable(List.of(
                    setting.name() + " (" + setting.environmentName() + ") " + e.getMessage() + shown(setting, text)));
        }
    }

    /// Returns the keys of a file in Java properties format.
    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(SettingsFile.read(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(List.of(FileProblem.words(file, e)));
        }
        Map<String, String> keys = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> keys.put(key, properties.getProperty(key)));
        return keys;
    }

    private static @Nullable String textOf(
            Setting<?> setting, Map<String, String> environment, Map<String, String> file, List<String> problems) {
        String variable = setting.environmentName();
        String fromEnvironment = environment.get(variable);
        String path = environment.get(variable + FILE_SUFFIX);
        if (path == null) {
            return fromEnvironment != null ? fromEnvironment.strip() : stripped(file.get(setting.name()));
        }
        if (fromEnvironment != null) {
            problems.add("Give " + variable + " or " + variable + FILE_SUFFIX + ", not both");
        }
        try {
            return SettingsFile.read(Path.of(path)).strip();
        } catch (InvalidPathException e) {
            problems.add(variable + FILE_SUFFIX + " must be the path of a file");
            return null;
        } catch (IOException e) {
            problems.add(variable + FILE_SUFFIX + ": " + FileProblem.words(Path.of(path), e));
            return null;
        }
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null ? null : text.strip();
    }

    private void refuseUnknown(Map<String, String> environment, Map<String, String> file, List<String> problems) {
        for (String variable : environment.keySet()) {
            if (variable.startsWith(PREFIX) && !SCRIPT_VARIABLES.contains(variable) && !isKnownVariable(variable)) {
                problems.add(unknown(
                        variable, everywhere().map(Setting::environmentName).toList()));
            }
        }
        for (String key : file.keySet()) {
            boolean isKnown = key.startsWith(KAFKA_KEY_PREFIX)
                    || everywhere().anyMatch(setting -> setting.name().equals(key));
            if (!isKnown) {
                problems.add(unknown(key, everywhere().map(Setting::name).toList()));
            }
        }
    }

    private static String unknown(String name, List<String> names) {
        // `connect.region.106540352242922` is a setting of a number that is not listed.
        int end = name.lastIndexOf('.');
        if (end > 0 && names.contains(name.substring(0, end))) {
            return name + " is " + name.substring(0, end) + " for " + name.substring(end + 1)
                    + ", which is not listed: add it to the setting that lists names with their own settings, such"
                    + " as connect.numbers or turn.numbers (docs/configuration.md)";
        }
        Matcher named = OF_A_NAME.matcher(name);
        if (named.matches() && names.stream().noneMatch(known -> known.startsWith(named.group(1)))) {
            return name + " is a setting of the " + named.group(2) + " " + named.group(3)
                    + ", which is not listed: add " + named.group(3) + " to " + named.group(2)
                    + "s (docs/configuration.md)";
        }
        return "There is no setting " + name
                + Nearest.to(name, names)
                        .map(meant -> ": is " + meant + " meant?")
                        .orElse("")
                + " (docs/configuration.md lists them all)";
    }

    private Stream<Setting<?>> everywhere() {
        return Stream.concat(known.stream(), ofOthers.stream());
    }

    private boolean isKnownVariable(String variable) {
        return everywhere()
                .anyMatch(setting -> variable.equals(setting.environmentName())
                        || (setting.isSecret() && variable.equals(setting.environmentName() + FILE_SUFFIX)));
    }

    private Map<String, String> kafka(
            Map<String, String> environment, Map<String, String> file, List<String> problems) {
        Map<String, String> kafka = new LinkedHashMap<>();
        file.forEach((key, value) -> {
            if (key.startsWith(KAFKA_KEY_PREFIX)) {
                kafka.put(key.substring(KAFKA_KEY_PREFIX.length()), value);
            }
        });
        environment.forEach((variable, value) -> {
            if (variable.startsWith(KAFKA_PREFIX) && KafkaProperties.isForClients(variable)) {
                String rest = variable.substring(KAFKA_PREFIX.length());
                kafka.put(rest.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        kafka.forEach((name, value) -> kafkaProperties
                .problem(name)
                .or(() -> kafkaProperties.problem(name, value))
                .ifPresent(problems::add));
        KafkaProperties.problemOfMechanism(kafka).ifPresent(problems::add);
        return kafka;
    }

    private static CannotStart unusable(List<String> problems) {
        return CannotStart.because("The configuration cannot be used:", problems);
    }

    private static void check(Setting<?> setting, @Nullable String text, List<String> problems) {
        try {
            setting.read(text);
        } catch (IllegalArgumentException e) {
            problems.add(
                    setting.name() + " (" + setting.environmentName() + ") " + e.getMessage() + shown(setting, text));
        } catch (RuntimeException e) {
            problems.add(setting.name() + " (" + setting.environmentName() + ") cannot be read" + shown(setting, text));
        }
    }

    private static boolean isPath(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /// Returns a text without the users and passwords of the URLs in it, also as parameters, as JDBC has
    /// them. A text that is not a URL may be malformed in any way, so everything up to the last @ of a word
    /// is masked, even what follows a comma or a slash.
    static String withoutUsers(String text) {
        return PASSWORDS.matcher(USERS.matcher(text).replaceAll("//***@")).replaceAll("$1***");
    }

    /// Returns the given text as far as it may be shown: in one line, and shortened.
    private static String shown(Setting<?> setting, @Nullable String text) {
        if (text == null || setting.isSecret()) {
            return "";
        }
        String line = withoutUsers(text.replaceAll("\\p{Cntrl}", "?"));
        return " (it is '" + (line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…") + "')";
    }
}
