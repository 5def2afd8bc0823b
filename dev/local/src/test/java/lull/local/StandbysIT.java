package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import lull.aggregator.stream.RocksMemory;
import lull.aggregator.stream.StandbyProgress;
import lull.aggregator.stream.TickTimer;
import lull.aggregator.stream.TurnTopology;
import lull.aggregator.stream.TurnTopologyTester;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.Business;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Source;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators see of standbys while the aggregators of an input topic are replaced: two
/// instances of the topology on a real broker, each with the standbys of the other's partitions.
@Tag("proof")
final class StandbysIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOPIC = Topics.MESSAGE_RECEIVED.name();
    private static final int PARTITIONS = 4;
    private static final int MESSAGES = 100;

    @TempDir
    private Path directory;

    private final Lifecycle components = new Lifecycle();
    private KafkaProducer<String, byte[]> customers;
    private String bootstrapServers;
    private int written;

    @BeforeEach
    void makeTopics() throws Exception {
        bootstrapServers = SharedBroker.empty();
        KafkaSetup kafka = KafkaSetup.at(bootstrapServers);
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            keeper.create(Topics.all(List.of(TOPIC)), new TopicKeeper.Layout(PARTITIONS, (short) 1, 1));
        }
        customers = components.add(
                "customers",
                new KafkaProducer<>(kafka.producer("customers"), new StringSerializer(), new ByteArraySerializer()));
    }

    @AfterEach
    void stop() {
        components.close();
    }

    @Test
    void aStandbyThatDoesNotReadFallsBehindAndOneThatStartsAgainCatchesUp() throws Exception {
        Instance one = new Instance("one");
        Instance two = new Instance("two");
        awaitReplicated(one, two);

        two.streams.pause();
        write();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(two.lag()).isGreaterThanOrEqualTo(MESSAGES / (double) PARTITIONS));

        two.leave();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(one.standbys()).as("standbys of the only instance").isZero();
            assertThat(one.lag()).isZero();
        });

        awaitReplicated(one, new Instance("two"));
    }

    /// Each partition has a standby, which has everything.
    private void awaitReplicated(Instance one, Instance two) throws Exception {
        write();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(one.standbys() + two.standbys()).isEqualTo(PARTITIONS);
            assertThat(one.lag() + two.lag()).isZero();
        });
    }

    /// Each customer writes once.
    private void write() throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            var conversation = TurnTopologyTester.conversation("1555080%04d".formatted(i));
            InputRecord message = new Message(
                    "wamid." + ++written,
                    conversation,
                    Instant.now(),
                    new Source("meta", "default"),
                    new Business(TurnTopologyTester.BUSINESS_NUMBER, "15550783881", null),
                    new Customer(null, conversation.customer(), "Customer"),
                    null,
                    Json.tree(Json.bytes(Map.of("type", "text", "text", Map.of("body", "Hello")))));
            customers
                    .send(new ProducerRecord<>(TOPIC, conversation.toString(), Json.bytes(message)))
                    .get();
        }
    }

    /// An application of Kafka Streams as the service runs it, in this JVM.
    private final class Instance {

        private final MeterRegistry meters = new SimpleMeterRegistry();
        private final KafkaStreams streams;

        Instance(String name) {
            RocksMemory rocks = components.add("memory of " + name, new RocksMemory(16));
            Properties properties = new Properties();
            properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.applicationId(TOPIC));
            properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
            properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
            properties.put(
                    StreamsConfig.STATE_DIR_CONFIG, directory.resolve(name).toString());
            rocks.addTo(properties);
            TurnTopology.Options options = new TurnTopology.Options(
                    TOPIC, Topics.TURN_CLOSED.name(), InputPolicy.of(TurnPolicy.ofGap(Duration.ofMinutes(5))));
            StandbyProgress standbys = new StandbyProgress(meters, TOPIC);
            streams = new KafkaStreams(TurnTopology.build(options, new NoTicks(), meters), properties);
            streams.setStandbyUpdateListener(standbys);
            streams.start();
            components.add(name, this::leave);
            components.add("standbys of " + name, standbys.watch(TOPIC, streams));
        }

        /// Stops as the service does, which does not wait until its session times out.
        void leave() {
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }

        double standbys() {
            return meters.get("lull.state.standbys").gauge().value();
        }

        double lag() {
            return meters.get("lull.state.standby.lag").gauge().value();
        }
    }

    /// No turn ends in this test.
    private static final class NoTicks implements TickTimer {
        @Override
        public void due(int partition, long inMillis) {}

        @Override
        public void nothingDue(int partition) {}

        @Override
        public void read(int partition) {}

        @Override
        public void released(int partition) {}
    }
}
