package lull.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lanes beside their peers once, as short as it can be. What a peer does wrong when it is killed is told in the
/// report.
@Tag("proof")
final class LanePeersIT {

    @TempDir
    private Path directory;

    @Test
    void everyPeerIsMeasuredAndKilled() throws Exception {
        BenchProcess bench = BenchProcess.run(
                directory,
                "lanes",
                "--peers",
                "--millis=0",
                "--rounds=1",
                "--messages=2000",
                "--keys=300",
                "--killed=5000");

        assertThat(bench.exitCode()).as("%s", bench).isZero();
        assertThat(bench.lines())
                .contains("This run is valid.")
                .filteredOn(line -> line.strip().startsWith("parallel-consumer "))
                .hasSize(2);
    }
}
