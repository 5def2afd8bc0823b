package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Future;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.Message;
import lull.contract.message.Source;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive as a process of its own, killed while it writes.
@Tag("proof")
@Tag("own-jvm")
final class ArchiveKilledIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MESSAGES = 12_000;
    private static final int CUSTOMERS = 300;
    private static final int KILLS = 4;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static String broker;

    @BeforeAll
    static void fill() throws Exception {
        broker = SharedBroker.empty();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "kafka.bootstrap.servers",
                broker,
                "topics.partitions",
                "4",
                "topics.replication.factor",
                "1",
                "topics.min.insync.replicas",
                "1"));
        Path settings = directory.resolve("topics.properties");
        try (Writer out = Files.newBufferedWriter(settings)) {
            properties.store(out, null);
        }
        // Topics of other tests may still be about to be deleted.
        await().atMost(PATIENCE)
                .until(() -> Ran.lull("topics", "create", "--config", settings.toString())
                                .exitCode()
                        == 0);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSetup.at(broker).producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sends = new ArrayList<>();
            for (int number = 0; number < MESSAGES; number++) {
                Message message = message(number);
                sends.add(producer.send(new ProducerRecord<>(
                        Topics.MESSAGE_RECEIVED.name(),
                        message.conversation().toString().getBytes(UTF_8),
                        Json.bytes(message))));
            }
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
        }
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void killedAtAnyMomentItHoldsTheSameRows() throws Exception {
        long seed = System.nanoTime();
        System.out.println("ArchiveKilledIT, seed " + seed);
        Random random = new Random(seed);
        ChildService archive = COMPONENTS.add(
                "archive",
                new ChildService(
                        "archive",
                        Map.of(
                                "kafka.bootstrap.servers", broker,
                                "archive.jdbc.url",
                                        // Else H2 keeps what it committed last in the process for half a second.
                                        Archives.url(directory.resolve("killed")) + ";WRITE_DELAY=0",
                                "archive.batch.records", "10",
                                "archive.port", "0",
                                "archive.tokens", "test"),
                        directory,
                        World.CLASS_PATH));
        for (int kill = 1; kill <= KILLS; kill++) {
            archive.start();
            int enough = 1 + random.nextInt(MESSAGES / KILLS / 5);
            await().atMost(PATIENCE).until(() -> written(archive) >= enough);
            archive.kill();
            try (ArchiveDatabase killed = Archives.open(directory.resolve("killed"))) {
                long messages = count(killed);
                assertThat(messages).as("messages at kill " + kill).isBetween((long) enough, MESSAGES - 1L);
                System.out.println(
                        killed.sql().selectFrom(Tables.ConsumedOffset.TABLE).fetch());
                assertThat(messages).as("offsets at kill " + kill).isEqualTo(offsets(killed));
            }
        }
        try (ArchiveDatabase killed = Archives.open(directory.resolve("killed"));
                ArchiveDatabase whole = Archives.open(directory.resolve("whole"));
                Lifecycle components = new Lifecycle()) {
            components
                    .add("killed", Archives.follower(broker, killed, "archive-killed", 500))
                    .start();
            components
                    .add("whole", Archives.follower(broker, whole, "archive-whole", 500))
                    .start();
            await().atMost(PATIENCE).until(() -> count(whole) == MESSAGES && count(killed) == MESSAGES);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Archives.rows(killed)).isEqualTo(Archives.rows(whole)));
        }
    }

    private static long count(ArchiveDatabase database) {
        try {
            return database.sql().fetchCount(Tables.Message.TABLE);
        } catch (RuntimeException e) {
            // The tables are not there yet.
            return 0;
        }
    }

    /// How many messages were read, by the offsets in the database.
    private static long offsets(ArchiveDatabase database) {
        return database.sql()
                .select(DSL.sum(Tables.ConsumedOffset.NEXT_OFFSET))
                .from(Tables.ConsumedOffset.TABLE)
                .where(Tables.ConsumedOffset.LOG_TOPIC.eq(Topics.MESSAGE_RECEIVED.name()))
                .fetchSingle()
                .into(long.class);
    }

    private static double written(ChildService archive) {
        return meter(archive, "lull_archive_records_total{outcome=\"written\"}");
    }

    /// The value of a series; -1 if the process does not answer yet, or does not have it.
    private static double meter(ChildService archive, String series) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(archive.admin("/metrics")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(series + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Message message(int number) {
        String customer = Long.toString(15550700000L + number % CUSTOMERS);
        Instant at = Instant.parse("2026-01-05T10:00:00Z").plusMillis(number);
        return new Message(
                "wamid.K" + number,
                new ConversationKey(World.NUMBER, customer),
                at,
                new Source("meta", "default"),
                new Business(World.NUMBER, "15550000001", "1"),
                new Customer(null, customer, "Customer " + number),
                null,
                World.tree("{\"id\":\"wamid.K" + number + "\",\"type\":\"text\",\"text\":{\"body\":\"Number " + number
                        + "\"}}"));
    }
}
