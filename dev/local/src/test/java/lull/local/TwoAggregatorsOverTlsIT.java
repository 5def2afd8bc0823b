package lull.local;

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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import lull.contract.topic.Topics;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two aggregators whose operators' doors have TLS tell each other the gaps of their partitions.
@Tag("proof")
final class TwoAggregatorsOverTlsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 8;
    private static final String TOPIC = Topics.MESSAGE_RECEIVED.name();

    @TempDir
    private static Path directory;

    @Test
    void eachShowsTheGapsOfTheOthersPartitions() throws Exception {
        Path keyStore = KeyStores.make(directory.resolve("keys.p12"));
        try (Lifecycle components = new Lifecycle();
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(KeyStores.trusting(keyStore))
                        .build()) {
            LocalLull lull = LocalLull.startAround(World.options(directory), SharedBroker.empty(), components);
            int first = start("first", lull, keyStore, components);
            int second = start("second", lull, keyStore, components);

            await().atMost(PATIENCE).untilAsserted(() -> {
                Set<String> here = partitions(client, first);
                Set<String> there = partitions(client, second);
                assertThat(here).isNotEmpty();
                assertThat(there).isNotEmpty();
                assertThat(here.size() + there.size()).isEqualTo(PARTITIONS);
                here.addAll(there);
                assertThat(here).hasSize(PARTITIONS);
            });
            assertThat(send(
                                    client,
                                    request(first, "/gaps/" + TOPIC)
                                            .PUT(HttpRequest.BodyPublishers.ofString(
                                                    "{\"gap\":\"7s\",\"by\":\"test\"}")))
                            .statusCode())
                    .isEqualTo(200);
            for (int port : new int[] {first, second}) {
                await().atMost(PATIENCE).untilAsserted(() -> {
                    JsonNode topic = World.tree(
                                    send(client, request(port, "/gaps")).body())
                            .get(0);
                    assertThat(topic.path("unknownPartitions")).isEmpty();
                    assertThat(topic.path("gaps").get(0).path("inForce"))
                            .extracting(JsonNode::asText)
                            .hasSize(PARTITIONS)
                            .containsOnly("PT7S");
                });
            }
        }
    }

    /// The partitions of which an instance itself tells the gaps.
    private static Set<String> partitions(HttpClient client, int port) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(client, request(port, "/gaps/here"));
        assertThat(answer.statusCode()).isEqualTo(200);
        Set<String> partitions = new HashSet<>();
        World.tree(answer.body()).path(TOPIC).fieldNames().forEachRemaining(partitions::add);
        return partitions;
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// Starts an aggregator and returns the port of its door.
    private static int start(String name, LocalLull lull, Path keyStore, Lifecycle components) throws Exception {
        int port = FreePort.next();
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("aggregator.port", Integer.toString(port));
        settings.put("aggregator.advertised", "localhost:" + port);
        settings.put("aggregator.tls.keystore", keyStore.toString());
        settings.put("aggregator.tls.keystore.password", KeyStores.PASSWORD);
        settings.put("streams.state.dir", directory.resolve("state-" + name).toString());
        Path own = directory.resolve(name);
        assertThat(own.toFile().mkdirs()).isTrue();
        components
                .add(name, new ChildService("aggregator", settings, own, World.CLASS_PATH))
                // What certificates of an own authority need, as docs/configuration.md says.
                .withJavaOptions(
                        "-Djavax.net.ssl.trustStore=" + keyStore,
                        "-Djavax.net.ssl.trustStorePassword=" + KeyStores.PASSWORD)
                .start()
                .awaitReady();
        return port;
    }
}
