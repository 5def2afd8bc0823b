package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import lull.ingress.http.TestWebhook;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances of the ingress take what belongs together.
@Tag("proof")
final class TwoIngressesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CUSTOMER = "15550000801";

    @TempDir
    private static Path directory;

    @Test
    void makeOneMessageOfAWebhookThatComesThreeTimesAtTheSameMoment() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            LocalLull lull =
                    LocalLull.start(options, SharedBroker.empty(), Map.of(), Map.of("turn.gap", "1s"), components);
            lull.awaitReady();
            World world = components.add("world", new World(options, lull.bootstrapServers()));
            int otherPort = World.options(directory).ingressPort();
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.put("ingress.port", Integer.toString(otherPort));
            components
                    .add("other ingress", new ChildService("ingress", settings, directory, World.CLASS_PATH))
                    .start()
                    .awaitReady();
            List<Integer> ports = List.of(options.ingressPort(), otherPort, options.ingressPort());
            List<byte[]> burst = IntStream.range(0, 10)
                    .mapToObj(i -> new TestWebhook(World.NUMBER, CUSTOMER, "Ana")
                            .text(World.newId(), "text " + i, Instant.now()))
                    .toList();

            try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
                for (byte[] body : burst) {
                    List<Future<Integer>> sent = ports.stream()
                            .map(port -> senders.submit(() -> post(world, port, body)))
                            .toList();
                    for (Future<Integer> one : sent) {
                        assertThat(one.get()).isEqualTo(200);
                    }
                }
            }

            // What stands before this message of the same conversation has been read when its turn is there.
            String last = World.newId();
            byte[] end = new TestWebhook(World.NUMBER, CUSTOMER, "Ana").text(last, "the last", Instant.now());
            assertThat(post(world, otherPort, end)).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> messages(world).contains(last));
            assertThat(messages(world)).hasSize(11).doesNotHaveDuplicates();
            assertThat(world.turns(CUSTOMER))
                    .allSatisfy(turn -> assertThat(turn.items()).hasSize(1));
        }
    }

    /// Returns the ids in all turns. How many turns there are depends on how quickly this machine posts.
    private static List<String> messages(World world) {
        return world.turns(CUSTOMER).stream()
                .flatMap(turn -> turn.messageIds().stream())
                .toList();
    }

    private static int post(World world, int port, byte[] body) {
        HttpResponse<String> answer =
                world.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/whatsapp"))
                        .header("X-Hub-Signature-256", TestWebhook.signature(body, LocalLull.APP_SECRET))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        return answer.statusCode();
    }
}
