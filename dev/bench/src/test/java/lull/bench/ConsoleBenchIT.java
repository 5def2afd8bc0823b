package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import lull.cli.Lull;
import lull.standins.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole benchmark once, as short as it can be: that every page answers, with an empty and with a full archive.
@Tag("proof")
final class ConsoleBenchIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void opensEveryPage() {
        assumeTrue(
                PostgresServer.isInstalled(),
                "needs the programs of a PostgreSQL server in " + PostgresServer.installed() + "/*/bin");
        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("bench", "console", "--messages=2000", "--visits=2");

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        assertThat(out.toString())
                .contains("with 2000 messages in 100 conversations")
                .containsPattern("(?m)^Now +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+$")
                .containsPattern("(?m)^Conversations +[0-9.]+ ")
                .containsPattern("(?m)^Settings +[0-9.]+ ");
    }
}
