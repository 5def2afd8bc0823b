package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import lull.cli.Lull;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole benchmark once, as short as it can be: that it runs, and that a misconfigured neighbour keeps nothing of
/// the healthy number back.
@Tag("proof")
final class NeighboursBenchIT {

    private static final double MOST_MILLIS = 10_000;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everythingOfTheHealthyNumberArrivesWhateverItsNeighbourIs() {
        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("bench", "neighbours", "--rounds=1", "--seconds=1", "--rate=20", "--conversations=10");

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        assertThat(out.toString().lines())
                .contains("This run is valid.")
                .filteredOn(line -> line.matches("(none|healthy|misconfigured) +all .*"))
                .hasSize(3);
        assertThat(out.toString().lines())
                .filteredOn(line -> line.matches("(turns|replies), to .* [0-9.]+ \\([0-9.]+ to [0-9.]+\\)"))
                .hasSize(4);
        // A pause of the process would hold back the healthy number for lane.paused.retry, which is 30 s.
        assertThat(out.toString().lines().filter(line -> line.matches("misconfigured +all .*")))
                .singleElement()
                .satisfies(line -> {
                    String[] words = line.split(" +", -1);
                    assertThat(Double.parseDouble(words[3])).as("p99 of turns").isLessThan(MOST_MILLIS);
                    assertThat(Double.parseDouble(words[6]))
                            .as("p99 of replies")
                            .isLessThan(MOST_MILLIS);
                });
    }
}
