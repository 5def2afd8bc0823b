package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Holds docs/acls.md to what the processes may do.
final class AclsPageTest {

    private static final String BEGIN = "<!-- bin/lull topics acls --markdown -->\n";
    private static final String END = "<!-- until here -->\n";

    @Test
    void theTablesAreWhatTheCommandPrints() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "acls.md"));

        assertThat(page).contains(BEGIN, END);
        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("docs/acls.md is behind the code: put what `bin/lull topics acls --markdown` prints between its"
                        + " two comments")
                .isEqualTo(printed("--markdown"));
    }

    @Test
    void aCommandGrantsOneRight() {
        assertThat(printed("--principal", "User:%s-user").lines())
                .contains("kafka-acls.sh --bootstrap-server \"$BROKERS\" --command-config \"$ADMIN\" --add"
                        + " --allow-principal 'User:aggregator-user' --transactional-id"
                        + " lull-turns-whatsapp.message.received- --resource-pattern-type prefixed --operation Write");
    }

    private static String printed(String... options) {
        StringWriter out = new StringWriter();
        String[] arguments = new String[options.length + 2];
        arguments[0] = "topics";
        arguments[1] = "acls";
        System.arraycopy(options, 0, arguments, 2, options.length);
        assertThat(Lull.commandLine().setOut(new PrintWriter(out, true)).execute(arguments))
                .isZero();
        return out.toString();
    }
}
