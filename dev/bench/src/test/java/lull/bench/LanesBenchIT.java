package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import jdk.jfr.consumer.RecordingFile;
import lull.cli.Lull;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole benchmark once, as short as it can be: that it runs, and that nothing is lost or out of order.
@Tag("proof")
final class LanesBenchIT {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void runsWholeAndLosesNothing() throws Exception {
        Path jfr = directory.resolve("lanes.jfr");

        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "bench",
                        "lanes",
                        "--millis=0,5",
                        "--rounds=1",
                        "--messages=2000",
                        "--keys=300",
                        "--killed=5000",
                        "--jfr=" + jfr);

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        assertThat(out.toString().lines())
                .contains("This run is valid.")
                .filteredOn(line -> line.matches(" +(lanes|raw) .*"))
                .hasSize(6);
        assertThat(RecordingFile.readAllEvents(jfr)).isNotEmpty();
    }
}
