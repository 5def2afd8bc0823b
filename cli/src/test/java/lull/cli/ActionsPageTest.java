package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Holds docs/actions.md and docs/openapi-actions.yaml to the registry of actions.
final class ActionsPageTest {

    private static final String BEGIN = "<!-- bin/lull whatsapp list --markdown -->\n";

    @Test
    void theTablesAreWhatTheCommandPrints() throws IOException {
        String page = Files.readString(Path.of("../docs/actions.md"));

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length()))
                .as(
                        "docs/actions.md is behind the code: put what `bin/lull whatsapp list --markdown` prints at its end")
                .isEqualTo(printed("--markdown"));
    }

    @Test
    void theOpenApiPageIsWhatTheCommandPrints() throws IOException {
        assertThat(Files.readString(Path.of("../docs/openapi-actions.yaml")))
                .as("write what `bin/lull whatsapp list --openapi` prints to docs/openapi-actions.yaml")
                .isEqualTo(printed("--openapi"));
    }

    private static String printed(String option) {
        StringWriter text = new StringWriter();
        CommandLine lull = Lull.commandLine().setOut(new PrintWriter(text));
        assertThat(lull.execute("whatsapp", "list", option)).isZero();
        return text.toString().replace("\r\n", "\n");
    }
}
