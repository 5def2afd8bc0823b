package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lull.cli.Lull;
import lull.standins.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both halves of the journey while everything around them fails, for a minute: `lull bench chaos`.
/// `-Dlull.seed=` repeats a plan of mishaps.
@Tag("proof")
final class ChaosIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path logs;

    @Test
    void everythingIsShownOnceAndInOrderOrAccountedFor() {
        List<String> arguments =
                new ArrayList<>(List.of("bench", "chaos", "--seconds=60", "--customers=4", "--logs=" + logs));
        String seed = System.getProperty("lull.seed");
        if (seed != null) {
            arguments.add("--seed=" + seed);
        }

        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        assertThat(out.toString())
                .contains("Everything was shown once and in order, or is on record. "
                        + (PostgresServer.isInstalled()
                                ? "The archive has what the topics have."
                                : "There was no archive."));
    }
}
