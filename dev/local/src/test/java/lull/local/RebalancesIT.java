package lull.local;

import java.nio.file.Path;
import java.time.Duration;
import lull.runtime.kafka.TopicKeeper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two aggregators, one of which joins and leaves again and again, in order or not.
@Tag("alone")
@Tag("proof")
final class RebalancesIT {

    private static final int ROUNDS = 2;

    @TempDir
    private Path directory;

    @Test
    void splitLoseAndRepeatNothing() throws Exception {
        try (TurnsUnderTest turns =
                new TurnsUnderTest(SharedBroker.empty(), new TopicKeeper.Layout(4, (short) 1, 1), directory)) {
            turns.startAggregator().awaitReady();
            Bursts bursts = turns.startBursts();
            ChildService second = turns.startAggregator();
            for (int round = 0; round < ROUNDS; round++) {
                second.awaitReady();
                turns.pass(Duration.ofSeconds(1), Duration.ofSeconds(4));
                if (round % 2 == 0) {
                    second.stop();
                } else {
                    second.kill();
                }
                turns.pass(Duration.ofSeconds(1), Duration.ofSeconds(4));
                second.start();
            }
            second.awaitReady();
            turns.pass(Duration.ofSeconds(1), Duration.ofSeconds(2));

            turns.awaitExact(bursts);
        }
    }
}
