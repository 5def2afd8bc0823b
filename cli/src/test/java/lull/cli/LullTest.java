package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class LullTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine lull =
            Lull.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void tellsOfEveryCommandAndHelpsWithEach() {
        List<List<String>> commands = new ArrayList<>();
        collect(lull, List.of(), commands);

        assertThat(commands)
                .contains(
                        List.of("ingress"),
                        List.of("aggregator"),
                        List.of("bridge"),
                        List.of("topics", "create"),
                        List.of("topics", "check"),
                        List.of("send"));
        for (List<String> command : commands) {
            List<String> arguments = new ArrayList<>(command);
            arguments.add("--help");
            assertThat(lull.execute(arguments.toArray(String[]::new))).isZero();
            assertThat(out.toString()).contains("Usage: lull " + String.join(" ", command));
        }
    }

    @Test
    void refusesAWrongCallWithTwoAndSaysWhatIsWrong() {
        assertThat(lull.execute("sent")).isEqualTo(2);
        assertThat(err.toString()).contains("Unmatched argument").contains("Did you mean: lull send");
    }

    @Test
    void refusesToSendNothing() {
        assertThat(lull.execute("send")).isEqualTo(2);
        assertThat(err.toString()).contains("Give a text to send, or --file");
    }

    @Test
    void namesTheOptionThatIsWrong() {
        assertThat(lull.execute("send", "--pause", "soon", "Hello")).isEqualTo(2);
        assertThat(err.toString()).contains("--pause must be a span of time");
    }

    @Test
    void tellsWhichFileCannotBeRead() {
        assertThat(lull.execute("send", "--file", "no-such-file.json")).isEqualTo(1);
        assertThat(err.toString()).contains("The file no-such-file.json cannot be read");
    }

    @Test
    void tellsWhenNobodyListens() {
        assertThat(lull.execute("send", "--url", "http://localhost:1/webhooks/whatsapp", "Hello"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Nobody listens at http://localhost:1/webhooks/whatsapp");
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> found) {
        command.getSubcommands().forEach((name, child) -> {
            List<String> its = new ArrayList<>(path);
            its.add(name);
            found.add(its);
            collect(child, its, found);
        });
    }
}
