package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import lull.cli.Lull;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole benchmark once, as short as it can be: that it runs, and that no turn takes more than one call.
@Tag("proof")
final class BridgeBenchIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void runsWholeWithOneCallForEachTurn() {
        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "bench",
                        "bridge",
                        "--latencies=0,20",
                        "--rates=50",
                        "--seconds=1",
                        "--conversations=10",
                        "--backlog=100");

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        assertThat(out.toString().lines())
                .contains("This run is valid.")
                .filteredOn(line -> line.matches(" +(0|20) +(backlog|50) .*"))
                .hasSize(4);
    }
}
