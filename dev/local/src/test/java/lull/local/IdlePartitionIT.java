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
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
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
    private static final String CONTROL = "idle.control";
    private static final Duration GRACE = Duration.ofMillis(250);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static KafkaSetup kafka;

    @BeforeAll
    static void start() throws Exception {
        String broker = SharedBroker.empty();
        world = World.ofOneJvm(directory, broker, Map.of(), COMPONENTS);
        kafka = KafkaSetup.at(broker);
        try (Admin admin = Admin.create(kafka.admin("test"))) {
            admin.createTopics(List.of(new NewTopic(CONTROL, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    /// The machine that runs this may be busy with other things. So beside each lone message a timer of
    /// this JVM waits for the gap, and then sends a record through the same broker. What this record
    /// takes until it is read is what the machine was late. The aggregator does somewhat more: it may
    /// take three times as long, and the grace besides.
    @Test
    void comeOutWithinTheGapAndAQuarterOfASecond() throws Exception {
        List<String> all = new ArrayList<>();
        List<Duration> late = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> turns = world.tail(Topics.TURN_CLOSED.name());
                KafkaConsumer<String, byte[]> controls = world.tail(CONTROL);
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(kafka.producer("test"), new StringSerializer(), new ByteArraySerializer());
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < LONE; i++) {
                String customer = "1555000020" + i;
                world.says(customer, "Hello?");
                long accepted = System.nanoTime();
                Future<Long> control = timer.schedule(
                        () -> roundTrip(producer, controls, customer), GAP.toMillis(), TimeUnit.MILLISECONDS);
                awaitRecord(turns, "|" + customer);
                Duration wait = Duration.ofNanos(System.nanoTime() - accepted);
                Duration machine = Duration.ofNanos(control.get() - accepted).minus(GAP);
                all.add(wait + " with a machine that took " + machine);
                assertThat(wait).isGreaterThanOrEqualTo(GAP.minusMillis(100));
                late.add(wait.minus(GAP).minus(machine.multipliedBy(3)));
            }
        }

        System.out.println("Lone messages came out after " + all);
        // A pause of the machine between the two may cost one or another.
        assertThat(late)
                .filteredOn(by -> by.compareTo(GRACE) <= 0)
                .as("lone messages that came out in time: %s", all)
                .hasSizeGreaterThanOrEqualTo(LONE - 2);
    }

    /// Returns when a record was read that was sent at the time of the call.
    private static long roundTrip(
            KafkaProducer<String, byte[]> producer, KafkaConsumer<String, byte[]> consumer, String key)
            throws Exception {
        producer.send(new ProducerRecord<>(CONTROL, key, new byte[0])).get();
        awaitRecord(consumer, key);
        return System.nanoTime();
    }

    private static void awaitRecord(KafkaConsumer<String, byte[]> consumer, String keyEnd) {
        await().pollInterval(Duration.ofMillis(1))
                .pollInSameThread()
                .atMost(Duration.ofMinutes(3))
                .until(() -> hasKey(keyEnd, consumer.poll(Duration.ofMillis(10))));
    }

    private static boolean hasKey(String end, ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.key().endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
