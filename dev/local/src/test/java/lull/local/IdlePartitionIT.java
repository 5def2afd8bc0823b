package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.runtime.Parts;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lone messages on a real broker, with no other traffic on their partition.
@Tag("alone")
@Tag("proof")
final class IdlePartitionIT {

    private static final Duration GAP = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofMillis(250);

    @TempDir
    private static Path directory;

    private static final Parts PARTS = new Parts();
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(directory, Map.of(), PARTS);
    }

    @AfterAll
    static void stop() {
        PARTS.close();
    }

    /// The machine that runs this may be busy with other things, so the best of several lone messages is what
    /// tells how prompt the aggregator is; that each of them comes out is what matters most.
    @Test
    void comeOutWithinTheGapAndAQuarterOfASecond() {
        List<Duration> waits = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> turns = world.tail(Topics.TURN_CLOSED.name())) {
            for (int i = 0; i < 8; i++) {
                String customer = "1555000020" + i;
                world.says(customer, "Hello?");
                long accepted = System.nanoTime();
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> hasTurnOf(customer, turns.poll(Duration.ofMillis(10))));
                waits.add(Duration.ofNanos(System.nanoTime() - accepted));
            }
        }

        System.out.println("Lone messages came out after " + waits);
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isGreaterThanOrEqualTo(GAP.minusMillis(100)));
        assertThat(waits).anySatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(GAP.plus(GRACE)));
    }

    private static boolean hasTurnOf(String customer, ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.key().endsWith("|" + customer)) {
                return true;
            }
        }
        return false;
    }
}
