package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// Holds docs/cost.md to what the commands print, and the commands to clear errors.
final class CostPageTest {

    private static final Path PAGE = Path.of("..", "docs", "cost.md");

    private record Printed(int exitCode, String out, String errors) {}

    @Test
    void thePricesAreThoseOfTheList() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("put what `bin/lull cost prices --markdown` prints between the two comments")
                .contains("<!-- bin/lull cost prices --markdown -->\n"
                        + printed("prices", "--markdown").out() + "<!-- until here -->");
    }

    @Test
    void theExampleIsWhatIsPrinted() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("$ bin/lull cost estimate --messages 1000000 --per-turn 4\n"
                        + printed("estimate", "--messages", "1000000", "--per-turn", "4")
                                .out() + "```");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --per-turn=0|--per-turn is 0, and must be 1 to 1000
                    --messages=-5|--messages is -5, and must be 1 to
                    --messages=NaN|--messages is NaN, and must be
                    --answers-per-turn=-1|--answers-per-turn is -1, and must be 0 to 1000
                    --mean-to-peak=2|--mean-to-peak is 2, and must be 0.001 to 1
                    --market=Germany|--market 'Germany' is not in the list of prices. It has AR, BD,
                    --market=XX|For another country give its price in place of one of these: --market DE --price whatsapp.service.DE=PRICE
                    --architecture=arm|--architecture 'arm' must be one of x86_64, arm64
                    --kafka=own|--kafka 'own' must be one of express, standard, none
                    --price=connect.chat=1|There is no price 'connect.chat'. `lull cost prices` lists them all
                    --price=nat.hour=-1|The price nat.hour is -1.0, and must be 0 to 1000000
                    --prices=/nowhere/prices.json|--prices: The file /nowhere/prices.json cannot be read: it does not exist
                    --prices=pom.xml|--prices: The file pom.xml is no list of prices:
                    """)
    void saysWhatIsWrongWithTheCall(String option, String problem) {
        String[] call = {"estimate", "--messages", "1000", "--per-turn", "4", option};
        if (option.startsWith("--messages")) {
            call = new String[] {"estimate", "--per-turn", "4", option};
        } else if (option.startsWith("--per-turn")) {
            call = new String[] {"estimate", "--messages", "1000", option};
        }
        Printed wrong = printed(call);

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors()).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    November|MONTH 'November' is not a month such as 2026-11
                    9999-01|MONTH 9999-01 has not begun yet
                    --zone=Here|--zone 'Here' is not a time zone such as Europe/Berlin
                    """)
    void saysWhatIsWrongWithAMonth(String argument, String problem) {
        Printed wrong = printed("month", argument);

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors()).contains(problem);
    }

    @Test
    void aMonthThatLullMakesDearerSaysSo() {
        assertThat(printed("estimate", "--messages", "1000", "--per-turn", "4").out())
                .contains("Amazon Connect: 60 % less. All: ", " % more.", "It costs less with Lull from about ");
        assertThat(printed("estimate", "--messages", "1000", "--per-turn", "1").out())
                .contains("With these numbers it never costs less with Lull.");
    }

    private static Printed printed(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int exitCode = new CommandLine(new CostCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
        return new Printed(exitCode, out.toString(), errors.toString());
    }
}
