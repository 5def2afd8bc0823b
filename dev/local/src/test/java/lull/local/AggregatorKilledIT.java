package lull.local;

import java.nio.file.Path;
import java.time.Duration;
import lull.runtime.kafka.TopicKeeper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An aggregator that is killed in the middle of bursts, again and again.
@Tag("alone")
@Tag("proof")
final class AggregatorKilledIT {

    private static final int KILLS = 2;

    @TempDir
    private Path directory;

    @Test
    void splitsLosesAndRepeatsNothing() throws Exception {
        try (TurnsUnderTest turns =
                new TurnsUnderTest(SharedBroker.empty(), new TopicKeeper.Layout(4, (short) 1, 1), directory)) {
            ChildService aggregator = turns.startAggregator().awaitReady();
            Bursts bursts = turns.startBursts();
            for (int i = 0; i < KILLS; i++) {
                turns.pass(Duration.ofSeconds(2), Duration.ofSeconds(4));
                aggregator.kill();
                // Sooner or later than it would be given up, and now and then while it takes up its state.
                turns.pass(Duration.ofMillis(100), Duration.ofSeconds(3));
                aggregator.start();
                if (i % 2 == 0) {
                    aggregator.awaitReady();
                }
            }
            aggregator.awaitReady();
            turns.pass(Duration.ofSeconds(2), Duration.ofSeconds(4));

            turns.awaitExact(bursts);
        }
    }
}
