package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/// Holds docs/configuration.md to what can be set.
final class ConfigurationPageTest {

    private static final String BEGIN = "<!-- bin/lull settings --markdown -->\n";
    private static final String END = "<!-- until here -->\n";
    private static final Pattern EXAMPLE = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("\\bLULL_[A-Z0-9_]+[A-Z0-9]\\b");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final String page = page();

    @Test
    void theTablesAreWhatTheCommandPrints() {
        assertThat(page).contains(BEGIN, END);
        String tables = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));

        assertThat(tables)
                .as("docs/configuration.md is behind the code: put what `bin/lull settings --markdown` prints"
                        + " between its two comments")
                .isEqualTo(printed("--markdown"));
    }

    @Test
    void thePlainTableHasEverySettingAndNeverOneOfASingleTopic() {
        List<String> names = printed()
                .lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().split(" ", 2)[0])
                .toList();

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(Configuration.known(Configuration.SettingScopes.NONE).stream()
                        .map(setting -> setting.name())
                        .toList());
    }

    /// But for the access token, which as a secret stands in no example.
    @Test
    void everyExampleCanBeLoaded() {
        List<String> examples =
                EXAMPLE.matcher(page).results().map(found -> found.group(1)).toList();

        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThatCode(() -> Configuration.load(Map.of("LULL_WHATSAPP_ACCESS_TOKEN", "x"), keys(example)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyVariableOnThePageIsOne() {
        Set<String> variables =
                VARIABLE.matcher(page).results().map(MatchResult::group).collect(Collectors.toSet());

        assertThat(variables).hasSizeGreaterThan(50);
        assertThat(variables)
                .noneMatch(variable -> problem(
                                Map.of(variable, "x"),
                                Map.of(
                                        "whatsapp.apps",
                                        "sales",
                                        "turn.numbers",
                                        "106540352242922",
                                        "connect.numbers",
                                        "106540352242922",
                                        "destinations",
                                        "bot",
                                        "destination.bot.topic",
                                        "bot.turn.closed",
                                        "channels",
                                        "desk"))
                        .contains("There is no setting " + variable));
    }

    @Test
    void thePropertiesOfKafkaThatAreRefusedAreOnThePageAndTheOtherWayRound() {
        Set<String> names = new TreeSet<>(ProducerConfig.configNames());
        names.addAll(ConsumerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        names.addAll(StreamsConfig.configDef().names());
        List<String> refused = names.stream()
                .filter(name -> problem(Map.of(), Map.of("kafka." + name, "x")).contains("Kafka's " + name + " cannot"))
                .toList();
        String line = page.lines()
                .filter(text -> text.startsWith("Refused: "))
                .findFirst()
                .orElse("");

        assertThat(CODE.matcher(line).results().map(found -> found.group(1)))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(refused);
    }

    private static String problem(Map<String, String> environment, Map<String, String> file) {
        Throwable problem = catchThrowable(() -> Configuration.load(environment, file));
        return problem == null ? "" : String.valueOf(problem.getMessage());
    }

    private static Map<String, String> keys(String example) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(example));
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static String printed(String... options) {
        StringWriter out = new StringWriter();
        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out))
                .execute(
                        Stream.concat(Stream.of("settings"), Stream.of(options)).toArray(String[]::new));
        assertThat(exitCode).isZero();
        return out.toString();
    }

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "configuration.md"));
        } catch (IOException e) {
            throw new AssertionError("docs/configuration.md cannot be read", e);
        }
    }
}
