package lull.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lull.bridge.pauses.NumberScopes;
import lull.cli.Configuration;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topics;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.ScopeLookup;
import lull.lanes.flow.FlowRunner;
import lull.lanes.flow.KafkaClients;
import lull.lanes.results.Tails;
import lull.local.LocalLull;
import lull.local.LocalOptions;
import lull.local.SharedBroker;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.process.ServiceContext;
import lull.runtime.process.ServiceProcess;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A record that fails in a way that its handler does not expect: `/readyz` names its flow while it is tried again, all
/// else goes on, and in the end it is a dead letter.
@Tag("proof")
final class UnexpectedFailureIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String FLOW = "failing-flow";
    private static final String FAILS = "t1";
    private static final String WORKS = "t2";

    @TempDir
    private static Path directory;

    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    /// Does not expect a certain record.
    private final class Failing implements Handler<SentPart> {
        @Override
        public Outcome handle(Incoming<SentPart> incoming, Fence fence) {
            if (incoming.key().equals(FAILS)) {
                throw new IllegalStateException("nobody thought of this");
            }
            handled.add(incoming.key());
            return Outcome.DONE;
        }
    }

    @Test
    void readinessNamesTheFlowWhileARecordFailsUnexpectedly() throws Exception {
        try (Lifecycle components = new Lifecycle();
                HttpClient client = HttpClient.newHttpClient()) {
            LocalOptions options = LocalOptions.onFreePorts(directory);
            String broker = SharedBroker.empty();
            LocalLull lull = LocalLull.startAround(options, broker, components);
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.put("lane.max.unexpected.failures", "8");
            settings.put("lane.back.off.first", "3s");
            settings.put("lane.back.off.most", "3s");
            ServiceProcess.start("bridge", Configuration.load(Map.of(), settings), components, this::startFlow);
            URI readyz = URI.create("http://localhost:" + settings.get("admin.port") + "/readyz");
            write(broker);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(degraded(client, readyz)).anySatisfy(one -> {
                        assertThat(one.path("part").asText()).isEqualTo(FLOW);
                        assertThat(one.path("scope").asText())
                                .startsWith("record " + Topics.CONNECT_MESSAGE_SENT.name() + "-");
                        assertThat(one.path("cause").asText())
                                .contains("IllegalStateException", "fails unexpectedly")
                                .doesNotContain("nobody thought");
                    }));
            assertThat(get(client, readyz).statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> handled.contains(WORKS));

            await().atMost(PATIENCE).until(() -> deadLetters(broker) == 1);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(degraded(client, readyz)).isEmpty());
        }
    }

    private void startFlow(ServiceContext context) throws InterruptedException {
        KafkaClients kafka = KafkaClients.open(
                context,
                KafkaAccess.BRIDGE,
                List.of(Topics.CONNECT_MESSAGE_SENT, Topics.CONNECT_MESSAGE_SENT.deadLetters()),
                List.of(FLOW));
        Tails tails = context.components().add("tails", Tails.start(PATIENCE));
        new FlowRunner(context, kafka, tails, NumberScopes.of(context.settings())::stopEverything)
                .run(FLOW, Topics.CONNECT_MESSAGE_SENT, SentPart.class, ScopeLookup.NONE, new Failing());
    }

    private static JsonNode degraded(HttpClient client, URI readyz)
            throws IOException, InterruptedException, UnreadableJson {
        return Json.tree(get(client, readyz).body().getBytes(UTF_8)).path("degraded");
    }

    private static HttpResponse<String> get(HttpClient client, URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void write(String broker) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaSetup.at(broker).producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String turn : List.of(FAILS, WORKS)) {
                String part =
                        "{\"turnId\":\"" + turn + "\",\"conversation\":\"100000000000001|15550780009\",\"item\":0,"
                                + "\"part\":0,\"initialContactId\":\"c\",\"connectMessageId\":\"m\",\"messageIds\":[\"w\"],"
                                + "\"at\":\"2026-01-05T10:00:00Z\",\"last\":true}";
                producer.send(new ProducerRecord<>(
                                Topics.CONNECT_MESSAGE_SENT.name(), turn.getBytes(UTF_8), part.getBytes(UTF_8)))
                        .get();
            }
        }
    }

    private static long deadLetters(String broker) {
        String topic = Topics.CONNECT_MESSAGE_SENT.deadLetters().name();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(one -> new TopicPartition(topic, one.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
