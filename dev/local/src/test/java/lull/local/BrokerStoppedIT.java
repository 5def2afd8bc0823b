package lull.local;

import java.nio.file.Path;
import java.time.Duration;
import lull.local.broker.BrokerProcess;
import lull.runtime.kafka.TopicKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that is stopped and started in the middle of bursts, for less time than the ingress holds a
/// webhook.
@Tag("alone")
@Tag("proof")
final class BrokerStoppedIT {

    private static final int OUTAGES = 2;

    @TempDir
    private Path directory;

    private BrokerProcess broker;

    @BeforeEach
    void start() throws Exception {
        broker = BrokerProcess.start(0, directory.resolve("kafka"));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void splitsLosesAndRepeatsNothing() throws Exception {
        try (TurnsUnderTest turns =
                new TurnsUnderTest(broker.bootstrapServers(), new TopicKeeper.Layout(4, (short) 1, 1), directory)) {
            turns.startAggregator().awaitReady();
            Bursts bursts = turns.startBursts();
            for (int i = 0; i < OUTAGES; i++) {
                turns.pass(Duration.ofSeconds(3), Duration.ofSeconds(5));
                broker.stop();
                turns.pass(Duration.ofMillis(2_600), Duration.ofSeconds(5));
                broker.start();
            }
            turns.pass(Duration.ofSeconds(2), Duration.ofSeconds(4));

            turns.awaitExact(bursts);
        }
    }
}
