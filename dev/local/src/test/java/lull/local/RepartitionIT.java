package lull.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More partitions: refused at the start of a service, and added by the command while nothing is to be read.
@Tag("proof")
final class RepartitionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final TopicKeeper.Layout THREE = new TopicKeeper.Layout(3, (short) 1, 1);

    @TempDir
    private Path directory;

    private String broker;
    private Admin admin;
    private Path config;

    @BeforeEach
    void startBroker() throws Exception {
        broker = SharedBroker.empty();
        admin = Admin.create(Map.of("bootstrap.servers", broker));
        config = directory.resolve("lull.properties");
        Files.writeString(
                config,
                "kafka.bootstrap.servers=" + broker
                        + "\ntopics.partitions=3\ntopics.replication.factor=1\ntopics.min.insync.replicas=1\n"
                        + "connect.instance.id=none\nconnect.contact.flow.id=none\nwhatsapp.access.token=none\n"
                        + "connect.event.doors=https\n"
                        + "connect.streaming.topic.arn=arn:aws:sns:us-east-1:123456789012:none\n");
    }

    @AfterEach
    void stopBroker() {
        admin.close();
    }

    @Test
    void loseNoMessageAndKeepTurnsExact() throws Exception {
        List<Bursts.Burst> all;
        Path one = Files.createDirectories(directory.resolve("one"));
        try (TurnsUnderTest turns = new TurnsUnderTest(broker, THREE, one)) {
            ChildService aggregator = turns.startAggregator().awaitReady();
            Bursts bursts = turns.startBursts();
            turns.pass(Duration.ofSeconds(4), Duration.ofSeconds(5));
            turns.awaitExact(bursts);
            all = new ArrayList<>(bursts.stop());

            Ran early = repartition("whatsapp.message.received", 7);
            assertThat(early.exitCode()).isEqualTo(1);
            assertThat(early.out())
                    .contains("The group lull-turns-whatsapp.message.received has")
                    .contains("Stop all of Lull's services first");
            aggregator.stop();
        }

        Ran made = awaitDone("whatsapp.message.received", 7);
        assertThat(made.out())
                .contains("added partitions [3, 4, 5, 6] to whatsapp.message.received\n")
                .contains("to lull-turns-whatsapp.message.received-open-turns-changelog\n")
                .contains("to lull-turns-whatsapp.message.received-duplicates-changelog\n")
                .contains("make sure that none runs")
                .contains("bin/lull gap set");

        Path two = Files.createDirectories(directory.resolve("two"));
        try (TurnsUnderTest turns = new TurnsUnderTest(broker, THREE, two)) {
            turns.startAggregator().awaitReady();
            Bursts bursts = turns.startBursts();
            turns.pass(Duration.ofSeconds(4), Duration.ofSeconds(5));
            all.addAll(bursts.stop());
            turns.awaitExactButForOrder(all);
        }
    }

    @Test
    void areRefusedWhileSomethingIsToBeRead() throws Exception {
        createTopics();
        send("whatsapp.turn.closed", "key", "{}");
        String changelog =
                Topics.changelog("whatsapp.message.received", "open-turns").name();
        send(changelog, "partition", "{}");
        send(changelog, "1|2", "turn");

        assertThat(repartition("whatsapp.turn.closed", 6))
                .satisfies(ran -> assertThat(ran.exitCode()).isEqualTo(1))
                .extracting(Ran::out)
                .asString()
                .contains("lull-turn-to-chat still has to read 1 records of whatsapp.turn.closed.")
                .contains("Nothing was changed.");
        assertThat(undrained("whatsapp.turn.closed", 6).out())
                .contains("--undrained is for partitions that were added by other means: whatsapp.turn.closed has 3.");
        assertThat(repartition("whatsapp.message.received", 6).out())
                .contains("1 turns of whatsapp.message.received are still open.");
        assertThat(partitions("whatsapp.turn.closed")).isEqualTo(3);

        commit("lull-turn-to-chat", "whatsapp.turn.closed");
        send(changelog, "1|2", null);

        assertThat(repartition("whatsapp.turn.closed", 6).out())
                .contains("added partitions [3, 4, 5] to whatsapp.turn.closed\n")
                .contains("added partitions [3, 4, 5] to connect.message.sent\n")
                .contains("whatsapp.turn.closed has 6 partitions, and this number is recorded.");
        Ran json = Ran.lull(
                "topics",
                "repartition",
                "--json",
                "--topic",
                "whatsapp.message.received",
                "--partitions",
                "6",
                "--config",
                config.toString());
        assertThat(json.exitCode()).isZero();
        JsonNode result = World.tree(json.out());
        assertThat(result.path("isDone").asBoolean()).isTrue();
        assertThat(result.path("added").path("whatsapp.message.received")).hasSize(3);
        assertThat(result.path("notes")).isNotEmpty();
        assertThat(json.err()).contains("added partitions [3, 4, 5] to whatsapp.message.received\n");
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(broker))) {
            keeper.require(Topics.all(List.of("whatsapp.message.received")), List.of());
        }
    }

    @Test
    void refuseAStartUntilTheyAreRecorded() throws Exception {
        createTopics();
        send("whatsapp.turn.closed", "key", "{}");
        admin.createPartitions(Map.of("whatsapp.turn.closed", NewPartitions.increaseTo(4)))
                .all()
                .get();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(refusal(Topics.TURN_CLOSED, Topics.CONNECT_MESSAGE_SENT))
                    .contains("The topic whatsapp.turn.closed has 4 partitions, but was in use with 3")
                    .contains("connect.message.sent has 3 partitions, but needs the 4 of whatsapp.turn.closed")
                    .contains("`bin/lull topics repartition --topic whatsapp.turn.closed --partitions 4`");
        });
        assertThat(Ran.lull("bridge", "--config", config.toString()).exitCode()).isEqualTo(1);
        assertThat(repartition("whatsapp.turn.closed", 4).exitCode()).isEqualTo(1);
        Ran forced = undrained("whatsapp.turn.closed", 4);
        assertThat(forced.exitCode()).isZero();
        assertThat(forced.out())
                .contains("still has to read 1 records")
                .contains("added partitions [3] to connect.message.sent\n")
                .doesNotContain("to whatsapp.turn.closed\n");
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(broker))) {
            keeper.require(List.of(Topics.TURN_CLOSED, Topics.CONNECT_MESSAGE_SENT), List.of());
        }
    }

    @Test
    void areRefusedWhereTheyMakeNoSense() throws Exception {
        createTopics();
        send("connect.chat", "contact", "{}");

        assertThat(repartition("connect.chat", 6).err())
                .contains("The topic connect.chat keeps 1 records")
                .contains("docs/upgrading.md");
        assertThat(repartition("whatsapp.customer.alias", 6).exitCode()).isZero();
        assertThat(repartition("whatsapp.reply.requested", 2).err())
                .contains("has 3 partitions: Kafka cannot remove partitions");
        assertThat(repartition("connect.message.sent", 6).err())
                .contains("connect.message.sent must have as many partitions as whatsapp.turn.closed");
        assertThat(repartition("whatsapp.turn.closed.dlq", 6).err()).contains("Nothing depends on the number");
        assertThat(repartition("whatsapp.turn.close", 6).err())
                .contains("This installation has no topic whatsapp.turn.close");
        assertThat(repartition("whatsapp.turn.closed", 5000).err()).contains("--partitions must be from 1 to 4096");
    }

    @Test
    void areRefusedForTopicsOfAnEarlierVersionUntilTheyAreRecorded() throws Exception {
        createTopics();
        admin.deleteTopics(List.of(Topics.TOPIC_LAYOUT.name())).all().get();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(refusal(Topics.TURN_CLOSED))
                        .contains("The topic lull.topic.layout is missing: run `bin/lull topics create`"));
        assertThat(repartition("whatsapp.turn.closed", 6).err())
                .contains("The topic lull.topic.layout is missing: run `bin/lull topics create`");
        assertThat(partitions("whatsapp.turn.closed")).isEqualTo(3);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Ran.lull("topics", "create", "--config", config.toString())
                                .out())
                        .contains("created lull.topic.layout\n"));
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(broker))) {
            keeper.require(Topics.all(List.of("whatsapp.message.received")), List.of());
        }
    }

    /// Why a service that needs these topics does not start; empty where it does.
    private String refusal(Topic... topics) throws InterruptedException {
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(broker))) {
            keeper.require(List.of(topics), List.of());
            return "";
        } catch (CannotStart e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void createTopics() {
        assertThat(Ran.lull("topics", "create", "--config", config.toString()).exitCode())
                .isZero();
    }

    private Ran repartition(String topic, int partitions) {
        return Ran.lull(
                "topics",
                "repartition",
                "--topic",
                topic,
                "--partitions",
                Integer.toString(partitions),
                "--config",
                config.toString());
    }

    private Ran undrained(String topic, int partitions) {
        return Ran.lull(
                "topics",
                "repartition",
                "--undrained",
                "--topic",
                topic,
                "--partitions",
                Integer.toString(partitions),
                "--config",
                config.toString());
    }

    /// The members of a process that has ended may be there for a moment still.
    private Ran awaitDone(String topic, int partitions) {
        return await().atMost(PATIENCE).until(() -> repartition(topic, partitions), ran -> ran.exitCode() == 0);
    }

    private int partitions(String topic) throws Exception {
        return requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .partitions()
                .size();
    }

    private void commit(String group, String topic) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group,
                        Map.of(
                                new TopicPartition(topic, 0), new OffsetAndMetadata(1),
                                new TopicPartition(topic, 1), new OffsetAndMetadata(1),
                                new TopicPartition(topic, 2), new OffsetAndMetadata(1)))
                .all()
                .get();
    }

    private void send(String topic, String key, @Nullable String value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
