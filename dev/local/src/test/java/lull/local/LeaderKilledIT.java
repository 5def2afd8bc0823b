package lull.local;

import java.nio.file.Path;
import java.time.Duration;
import lull.contract.topic.Topics;
import lull.local.broker.BrokerCluster;
import lull.runtime.kafka.TopicKeeper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers, each a process of its own, of which one that leads a partition is killed in the middle of
/// bursts.
@Tag("alone")
@Tag("proof")
final class LeaderKilledIT {

    private static final int KILLS = 2;

    @TempDir
    private Path directory;

    @Test
    void splitsLosesAndRepeatsNothing() throws Exception {
        try (BrokerCluster brokers = BrokerCluster.start(directory.resolve("kafka"));
                TurnsUnderTest turns = new TurnsUnderTest(
                        brokers.bootstrapServers(), new TopicKeeper.Layout(4, (short) 3, 2), directory)) {
            turns.startAggregator().awaitReady();
            Bursts bursts = turns.startBursts();
            for (int i = 0; i < KILLS; i++) {
                turns.pass(Duration.ofSeconds(3), Duration.ofSeconds(5));
                int leader = brokers.leader(Topics.MESSAGE_RECEIVED.name(), i);
                brokers.kill(leader);
                Duration led = brokers.awaitLeaders(Topics.MESSAGE_RECEIVED.name(), leader);
                System.out.println("All partitions had leaders again after " + led.toMillis() + " ms");
                turns.pass(Duration.ofSeconds(1), Duration.ofSeconds(3));
                brokers.restart(leader);
                brokers.awaitWhole();
            }
            turns.pass(Duration.ofSeconds(2), Duration.ofSeconds(3));

            turns.awaitExact(bursts);
        }
    }
}
