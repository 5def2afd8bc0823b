package lull.cli.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// Holds docs/sizing.md to what the command prints, and its defaults to the settings.
final class SizingPageTest {

    private static final Path DOCS = Path.of("..", "docs");

    private record Printed(int exitCode, String out, String errors) {}

    @ParameterizedTest
    @ValueSource(strings = {"10", "1000", "100000"})
    void theExamplesAreWhatIsPrinted(String rate) throws IOException {
        assertThat(Files.readString(DOCS.resolve("sizing.md")))
                .contains("$ bin/lull sizing --rate " + rate + " --per-turn 4\n"
                        + printed("--rate", rate, "--per-turn", "4").out() + "```");
    }

    /// Most installations have none.
    @Test
    void applicationsHaveTheirRowIfTurnsGoToThem() throws IOException {
        String page = Files.readString(DOCS.resolve("sizing.md"));
        String with = printed("--rate", "10", "--per-turn", "4", "--to-applications", "100")
                .out();

        assertThat(with.lines().filter(line -> line.startsWith("applications ")))
                .singleElement()
                .satisfies(row -> assertThat(page)
                        .contains(
                                "$ bin/lull sizing --rate 10 --per-turn 4 --to-applications 100 | grep ^applications\n"
                                        + row + "\n```"));
        assertThat(with.lines().filter(line -> !line.startsWith("applications ")))
                .containsExactlyElementsOf(
                        printed("--rate", "10", "--per-turn", "4").out().lines().toList());
    }

    @Test
    void theArchiveHasItsRowsIfRowsAreKept() throws IOException {
        String page = Files.readString(DOCS.resolve("sizing.md"));
        String with = printed("--rate", "10", "--per-turn", "4", "--archive-days", "365")
                .out();
        List<String> rows =
                with.lines().filter(line -> line.contains("archive")).toList();

        assertThat(rows).hasSize(3);
        assertThat(page)
                .contains("$ bin/lull sizing --rate 10 --per-turn 4 --archive-days 365 | grep archive\n"
                        + String.join("\n", rows) + "\n```");
        assertThat(printed("--rate", "10", "--per-turn", "4").out()).doesNotContain("archive");
    }

    @Test
    void theDefaultQuotasAreThoseOfTheSettings() throws IOException {
        String configuration = Files.readString(DOCS.resolve("configuration.md"));
        String usage = printed("--help").out().replaceAll("\\s+", " ");

        assertThat(configuration).contains("StartChatContact=5/8", "SendMessage=10/15");
        assertThat(configuration).contains("`LULL_WHATSAPP_NUMBER_PER_SECOND` | `80` |");
        assertThat(usage)
                .contains(
                        "Calls of SendMessage per second that it allows. Default: 10",
                        "Calls of StartChatContact per second that it allows. Default: 5",
                        "accepts from a business number. Default: 80");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --rate=0|--rate is 0, and must be 0.001 to 10000000
                    --rate=NaN|--rate is NaN, and must be 0.001 to
                    --per-turn=0.5|--per-turn is 0.5, and must be 1 to 1000
                    --mean-to-peak=3|--mean-to-peak is 3, and must be 0.001 to 1
                    --to-applications=101|--to-applications is 101, and must be 0 to 100
                    --turns-per-chat=0|--turns-per-chat is 0, and must be 1 to
                    --archive-days=-1|--archive-days is -1, and must be 0 to
                    --days-kept=-1|--days-kept is -1, and must be 0.01 to
                    --quota-open-chats=0|--quota-open-chats is 0, and must be 1 to
                    """)
    void saysWhatIsWrongWithTheCall(String option, String problem) {
        Printed wrong = option.startsWith("--rate")
                ? printed("--per-turn", "4", option)
                : option.startsWith("--per-turn")
                        ? printed("--rate", "1", option)
                        : printed("--rate", "1", "--per-turn", "4", option);

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors()).contains(problem);
    }

    private static Printed printed(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int exitCode = new CommandLine(new SizingCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
        return new Printed(exitCode, out.toString(), errors.toString());
    }
}
