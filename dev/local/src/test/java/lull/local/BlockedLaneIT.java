package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import lull.lanes.BackOff;
import lull.lanes.KeyedConsumer;
import lull.lanes.LaneOptions;
import lull.lanes.Outcome;
import lull.lanes.ScopeLookup;
import lull.lanes.flow.FlowMeters;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A lane that is blocked for an hour while thousands of records behind it are done, and a consumer that is killed:
/// on a real broker, where the group, its commits and their metadata are Kafka's own.
@Tag("proof")
final class BlockedLaneIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOPIC = "turns";
    private static final String BLOCKED = "blocked";
    private static final int BEHIND = 20_000;
    private static final int CONVERSATIONS = 500;

    private final Map<String, Integer> handled = new ConcurrentHashMap<>();
    private final AtomicBoolean blocked = new AtomicBoolean(true);

    @Test
    void noneOfTwentyThousandTurnsBehindItIsHandledAgainAfterAKill() throws Exception {
        String broker = SharedBroker.empty();
        KafkaSetup kafka = KafkaSetup.at(broker);
        produce(kafka);
        AtomicBoolean killed = new AtomicBoolean();
        try (KafkaConsumer<byte[], byte[]> client = client(kafka)) {
            KeyedConsumer<String> first = consumer(mortal(client, killed));
            first.start();
            // One range of finished records: 20,000 from 1 behind the blocked one.
            await().atMost(PATIENCE).until(() -> committed(kafka).equals(new OffsetAndMetadata(0, "r1:AaCcAQ")));
            assertThat(handled).hasSize(BEHIND);
            killed.set(true);
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(first::isDead);
        }

        blocked.set(false);
        try (KafkaConsumer<byte[], byte[]> client = client(kafka);
                KeyedConsumer<String> second = consumer(client)) {
            second.start();
            await().atMost(PATIENCE).until(() -> committed(kafka).equals(new OffsetAndMetadata(BEHIND + 1)));
        }
        assertThat(handled)
                .hasSize(BEHIND + 1)
                .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
    }

    private static void produce(KafkaSetup kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.admin("test"))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sends = new ArrayList<>();
            sends.add(producer.send(record(BLOCKED, BLOCKED)));
            for (int i = 0; i < BEHIND; i++) {
                sends.add(producer.send(record("conversation-" + i % CONVERSATIONS, "turn-" + i)));
            }
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String key, String value) {
        return new ProducerRecord<>(TOPIC, key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private KeyedConsumer<String> consumer(Consumer<byte[], byte[]> client) {
        return new KeyedConsumer<>(
                new KeyedConsumer.Flow<>(
                        "test",
                        List.of(TOPIC),
                        record -> new String(record.value(), UTF_8),
                        (incoming, fence) -> {
                            fence.check();
                            return handle(incoming.value());
                        },
                        (record, why, reason) -> {
                            throw new AssertionError(reason);
                        },
                        ScopeLookup.NONE),
                client,
                new LaneOptions(
                        64,
                        5_000,
                        64 << 20,
                        5_000,
                        64 << 20,
                        Duration.ZERO,
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(100),
                        new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1)),
                        Duration.ofSeconds(20),
                        10),
                new Random(1),
                System::nanoTime,
                new FlowMeters(new SimpleMeterRegistry(), "bridge", "test"));
    }

    private Outcome handle(String turn) {
        if (turn.equals(BLOCKED) && blocked.get()) {
            return new Outcome.Retry(Duration.ofHours(1), "no chat is free");
        }
        handled.merge(turn, 1, Integer::sum);
        return Outcome.DONE;
    }

    /// A consumer whose process dies once it is told to: its next call never returns, and nothing more is committed.
    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> mortal(Consumer<byte[], byte[]> client, AtomicBoolean killed) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                BlockedLaneIT.class.getClassLoader(), new Class<?>[] {Consumer.class}, (_, method, arguments) -> {
                    if (killed.get()) {
                        throw new Error("killed");
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static OffsetAndMetadata committed(KafkaSetup kafka) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (Consumer<byte[], byte[]> client = client(kafka)) {
            OffsetAndMetadata committed = client.committed(Set.of(partition)).get(partition);
            return committed == null
                    ? new OffsetAndMetadata(0)
                    : new OffsetAndMetadata(committed.offset(), committed.metadata());
        }
    }

    private static KafkaConsumer<byte[], byte[]> client(KafkaSetup kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.consumer("test"));
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "test");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
