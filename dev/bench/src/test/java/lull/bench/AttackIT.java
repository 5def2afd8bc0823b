package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import lull.cli.Lull;
import lull.contract.json.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation that is attacked for a moment in each way: `lull bench attack`. How fast signed webhooks
/// are answered meanwhile is not judged, as other work runs on this machine.
@Tag("proof")
final class AttackIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path logs;

    @Test
    void everyProcessLivesAndNothingIsLost() throws Exception {
        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "bench",
                        "attack",
                        "--seconds=3",
                        "--rate=8",
                        "--connections=60",
                        "--flood=50",
                        "--limit-millis=60000",
                        "--json",
                        "--logs=" + logs);

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        assertThat(Json.tree(out.toString()).path("flaws")).isEmpty();
        assertThat(Json.tree(out.toString()).path("phases")).hasSizeGreaterThan(8);
        assertThat(Json.tree(out.toString()).path("signedMessages").asInt()).isPositive();
        assertThat(Json.tree(out.toString()).path("besideAbsurd").asInt()).isPositive();
    }
}
