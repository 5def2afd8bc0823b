package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import lull.cli.Lull;
import lull.standins.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole benchmark once, as short as it can be: that it runs, and that PostgreSQL answers each question by an
/// index.
@Tag("proof")
final class ArchiveBenchIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesEveryRecordAndReadsNoWholeTable() {
        assumeTrue(
                PostgresServer.isInstalled(),
                "needs the programs of a PostgreSQL server in " + PostgresServer.installed() + "/*/bin");
        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("bench", "archive", "--records=2000", "--messages=50000", "--questions=10");

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        assertThat(out.toString())
                .contains("Records written a second, of 2000")
                .containsPattern("PostgreSQL +[1-9][0-9]*\\R")
                .containsPattern("H2 +[1-9][0-9]*\\R")
                .containsPattern("Bytes a record in PostgreSQL, all indexes +[1-9][0-9]*\\R")
                .contains("journey of a message", "search for two words")
                .endsWith("Reads of a whole table meanwhile: 0" + System.lineSeparator());
    }
}
