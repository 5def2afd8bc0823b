package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
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
    private static final int LONE = 8;
    private static final Duration GRACE = Duration.ofMillis(250);

    @TempDir
    private static Path directory;

    private static final Lifecycle PARTS = new Lifecycle();
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(directory, Map.of(), PARTS);
    }

    @AfterAll
    static void stop() {
        PARTS.close();
    }

    /// The machine that runs this may be busy with other things. So beside each lone message a timer of this JVM waits
    /// for the gap, and what it is late is what the machine was late; the aggregator may take the grace besides.
    @Test
    void comeOutWithinTheGapAndAQuarterOfASecond() throws Exception {
        List<Duration> waits = new ArrayList<>();
        List<Duration> late = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> turns = world.tail(Topics.TURN_CLOSED.name());
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < LONE; i++) {
                String customer = "1555000020" + i;
                world.says(customer, "Hello?");
                long accepted = System.nanoTime();
                Future<Long> control = timer.schedule(System::nanoTime, GAP.toMillis(), TimeUnit.MILLISECONDS);
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> hasTurnOf(customer, turns.poll(Duration.ofMillis(10))));
                Duration wait = Duration.ofNanos(System.nanoTime() - accepted);
                Duration machine = Duration.ofNanos(control.get() - accepted).minus(GAP);
                waits.add(wait);
                late.add(wait.minus(GAP).minus(machine));
            }
        }

        System.out.println("Lone messages came out after " + waits + ", later than a timer by " + late);
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isGreaterThanOrEqualTo(GAP.minusMillis(100)));
        // A pause of the machine between the two may cost one or another.
        assertThat(late)
                .filteredOn(by -> by.compareTo(GRACE) <= 0)
                .as("lone messages that came out in time")
                .hasSizeGreaterThanOrEqualTo(LONE - 2);
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
