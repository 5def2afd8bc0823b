package lull.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ingress beside its peers once, as short as it can be.
@Tag("proof")
final class WebhookPeersIT {

    @TempDir
    private Path directory;

    @Test
    void everyPeerWritesWhatItAccepts() throws Exception {
        BenchProcess bench = BenchProcess.run(
                directory, "ingress", "--peers", "--connections=4", "--rounds=1", "--seconds=0.3", "--warm-up=0.3");

        assertThat(bench.exitCode()).as("%s", bench).isZero();
        assertThat(bench.lines())
                .contains("This run is valid.")
                .filteredOn(line -> line.strip().matches("(vertx|helidon)(-verifying)? .*"))
                .hasSize(8);
    }
}
