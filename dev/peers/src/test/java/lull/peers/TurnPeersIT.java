package lull.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The comparison with peers once, as short as it can be.
@Tag("proof")
final class TurnPeersIT {

    @TempDir
    private Path directory;

    @Test
    void everyPeerMakesTheTurnsOfLull() throws Exception {
        BenchProcess bench = BenchProcess.run(
                directory, "turns", "--peers", "--parts=compare", "--rounds=1", "--messages=1000", "--per-turn=4");

        assertThat(bench.exitCode()).as("%s", bench).isZero();
        assertThat(bench.lines())
                .contains("This run is valid.")
                .anyMatch(line -> line.strip().startsWith("flink, heap, 1000 ms "))
                .anyMatch(line -> line.strip().startsWith("flink, rocksdb, 1000 ms "))
                .anyMatch(line -> line.strip().startsWith("hazelcast jet, 1000 ms "))
                .noneMatch(line -> line.contains(" made "));
    }
}
