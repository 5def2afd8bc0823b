package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lull.cli.Lull;
import lull.standins.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole benchmark once, as short as it can be: that it runs, and that PostgreSQL reads few rows for each
/// question, of however many there are.
@Tag("proof")
final class ArchiveBenchIT {

    /// A question, its median and 99th percentile, and the rows that were read for it.
    private static final Pattern LINE = Pattern.compile("(?m)^([a-z ]+?) +[0-9.]+ +[0-9.]+ +([0-9]+)$");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /// With fewer messages PostgreSQL finds it cheaper to read many of them.
    @Test
    void writesEveryRecordAndReadsFewRows() {
        assumeTrue(
                PostgresServer.isInstalled(),
                "needs the programs of a PostgreSQL server in " + PostgresServer.installed() + "/*/bin");
        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("bench", "archive", "--records=2000", "--messages=200000", "--questions=10");

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        assertThat(out.toString())
                .contains("Records written a second, of 2000")
                .containsPattern("PostgreSQL +[1-9][0-9]*\\R")
                .containsPattern("H2 +[1-9][0-9]*\\R")
                .containsPattern("Bytes a record in PostgreSQL, all indexes +[1-9][0-9]*\\R")
                .contains("rows read");
        Map<String, Long> rows = rowsRead();
        assertThat(rows)
                .hasSize(11)
                .allSatisfy((question, read) -> assertThat(read)
                        .as(question)
                        .isBetween(
                                1L,
                                question.startsWith("search")
                                        ? (question.endsWith("few messages") ? 51_100L : 1_300L)
                                        : question.startsWith("conv")
                                                ? 51 * 21L
                                                : question.startsWith("timel") ? 2_500L : 200L));
    }

    private Map<String, Long> rowsRead() {
        return LINE.matcher(out.toString())
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> Long.parseLong(line.group(2))));
    }
}
