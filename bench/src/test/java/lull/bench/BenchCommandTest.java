package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import lull.cli.Lull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine lull =
            Lull.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void theCommandLineOffersIt() {
        assertThat(lull.execute("bench", "ingress", "--help")).isZero();
        assertThat(out.toString()).contains("--connections", "--rounds", "--seconds", "--warm-up", "--jfr", "--out");
    }

    @ParameterizedTest
    @CsvSource({"--connections, 0", "--rounds, 0", "--seconds, 0", "--seconds, 4000", "--warm-up, -1"})
    void refusesWhatCannotBeRunAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "ingress", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }
}
