package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A record that fails in a way that its handler does not expect: `/readyz` names its flow while it is tried again, all
/// else goes on, and in the end it is a dead letter.
@Tag("proof")
final class UnexpectedFailureIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String FLOW = "lull-part-to-read-mark";

    /// Its access token cannot be in an HTTP header, which nobody expects.
    private static final String NUMBER = "100000000000099";

    private static final String PART = "{\"turnId\":\"t\",\"conversation\":\"" + NUMBER
            + "|15550780009\",\"item\":0,\"part\":0,\"initialContactId\":\"c\","
            + "\"connectMessageId\":\"m\",\"messageIds\":[\"w\"],\"at\":\"2026-01-05T10:00:00Z\",\"last\":true}";

    @TempDir
    private static Path directory;

    @Test
    void readinessNamesTheFlowWhileARecordFailsUnexpectedly() throws Exception {
        try (Lifecycle parts = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            LocalLull lull = LocalLull.start(
                    options,
                    SharedBroker.empty(),
                    Map.of(),
                    Map.of(
                            "connect.numbers",
                            NUMBER,
                            "whatsapp.access.token." + NUMBER,
                            "two\nlines",
                            "turn.gap",
                            "1s",
                            "lane.max.unexpected.failures",
                            "8",
                            "lane.back.off.first",
                            "3s",
                            "lane.back.off.most",
                            "3s"),
                    parts);
            lull.awaitReady();
            World world = parts.add("world", new World(options, lull.bootstrapServers()));
            write(lull.bootstrapServers());

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(degraded(world)).anySatisfy(one -> {
                        assertThat(one.path("part").asText()).isEqualTo(FLOW);
                        assertThat(one.path("scope").asText())
                                .startsWith("record " + Topics.CONNECT_MESSAGE_SENT.name() + "-");
                        assertThat(one.path("cause").asText()).contains("fails unexpectedly");
                    }));
            assertThat(world.send(HttpRequest.newBuilder(world.admin("/readyz")))
                            .statusCode())
                    .isEqualTo(200);
            world.says("15550780001", "Hello");
            await().atMost(PATIENCE)
                    .until(() -> !world.customerTexts("15550780001").isEmpty());

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(world.records(
                                    Topics.CONNECT_MESSAGE_SENT.deadLetters().name()))
                            .hasSize(1));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(degraded(world)).isEmpty());
        }
    }

    private static JsonNode degraded(World world) {
        return world.get(world.admin("/readyz")).path("degraded");
    }

    private static void write(String bootstrapServers) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSetup.at(bootstrapServers).producer("test"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.CONNECT_MESSAGE_SENT.name(), "t".getBytes(UTF_8), PART.getBytes(UTF_8)))
                    .get();
        }
    }
}
