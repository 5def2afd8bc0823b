package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queues, a bucket and Transcribe that cannot be used: each has a name in `/readyz`, a meter and one log line,
/// and all is well again by itself.
@Tag("proof")
final class OutsideUnavailableIT {

    /// Within ten seconds, and some more as the machine may be busy.
    private static final Duration NOTICED = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    @Test
    void isNamedWithItsAddressAndReasonAndHealsByItself() throws Exception {
        String nowhere = "http://localhost:" + FreePort.next();
        try (LinesLogged logged = LinesLogged.by("lull.runtime.admin.Dependency", Level.INFO);
                Lifecycle components = new Lifecycle()) {
            QueueServer queues = components.add("queues", QueueServer.start());
            String wrongUrl = queues.url().replace("events", "evnts");
            LocalOptions options = World.options(directory);
            LocalLull lull = LocalLull.start(
                    options,
                    SharedBroker.empty(),
                    Map.of(),
                    Map.ofEntries(
                            Map.entry("connect.event.doors", "sqs"),
                            Map.entry("connect.queue.url", wrongUrl),
                            Map.entry("connect.queue.endpoint", queues.endpoint()),
                            Map.entry("eum.queue.url", nowhere + "/000000000000/webhooks"),
                            Map.entry("eum.queue.endpoint", nowhere),
                            Map.entry("eum.queue.credentials", "placeholder"),
                            Map.entry("store.s3.bucket", "no-such-bucket"),
                            Map.entry("transcribe", "true"),
                            Map.entry("transcribe.endpoint", nowhere)),
                    components);
            World world = components.add("world", new World(options, lull.bootstrapServers()));

            await().atMost(NOTICED).untilAsserted(() -> {
                JsonNode readyz = world.get(world.admin("/readyz"));
                assertThat(readyz.path("ready").asBoolean()).isFalse();
                assertThat(texts(readyz.path("problems")))
                        .anyMatch(problem ->
                                problem.startsWith("chat-event-queue: cannot read " + wrongUrl + ": SQS answers 400, "))
                        .anyMatch(problem -> problem.startsWith("webhook-queue: cannot read " + nowhere
                                + "/000000000000/webhooks: SQS does not answer: "));
                assertThat(degraded(readyz.path("degraded")))
                        .anyMatch(problem -> problem.startsWith(
                                "file-store: cannot write to the bucket no-such-bucket: S3 answers 404"))
                        .anyMatch(problem ->
                                problem.startsWith("transcribe: cannot reach " + nowhere + ": Connection refused"));
            });
            assertThat(metrics(world))
                    .contains("lull_dependency_available{dependency=\"chat-event-queue\"} 0")
                    .contains("lull_dependency_available{dependency=\"file-store\"} 0")
                    .contains("lull_dependency_available{dependency=\"kafka\"} 1");

            queues.create("evnts");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    texts(world.get(world.admin("/readyz")).path("problems")))
                            .noneMatch(problem -> problem.startsWith("chat-event-queue")));
            assertThat(lines(logged))
                    .filteredOn(line -> line.contains("chat-event-queue"))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("Unavailable: chat-event-queue. Agents' messages wait in this queue"),
                            line -> assertThat(line).isEqualTo("Available again: chat-event-queue"));
            assertThat(lines(logged))
                    .filteredOn(line -> line.startsWith("Unavailable: webhook-queue"))
                    .hasSize(1);
        }
    }

    private static String metrics(World world) {
        return world.send(HttpRequest.newBuilder(world.admin("/metrics"))).body();
    }

    private static List<String> degraded(JsonNode array) {
        List<String> degraded = new ArrayList<>();
        array.forEach(one -> degraded.add(
                one.path("scope").asText() + ": " + one.path("cause").asText()));
        return degraded;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<String> lines(LinesLogged logged) {
        return logged.events().stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
