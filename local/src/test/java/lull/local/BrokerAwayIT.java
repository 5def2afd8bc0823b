package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.ingress.TestWebhook;
import lull.local.broker.EmbeddedBroker;
import lull.runtime.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that goes away and comes back under the running system.
final class BrokerAwayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void refusesWebhooksWhileItIsAwayAndTakesThemInWhenItIsBack() throws Exception {
        try (Parts parts = new Parts()) {
            LocalOptions options = World.options(directory);
            EmbeddedBroker broker =
                    parts.add("broker", EmbeddedBroker.start(options.kafkaPort(), directory.resolve("kafka")));
            LocalLull.start(
                            options,
                            broker.bootstrapServers(),
                            Map.of(),
                            Map.of("turn.gap", "1s", "ingress.ack.timeout", "2s"),
                            parts)
                    .awaitReady();
            World world = parts.add("world", new World(options, broker.bootstrapServers()));
            world.says("15550400001", "Before");
            await().atMost(PATIENCE)
                    .until(() -> !world.customerTexts("15550400001").isEmpty());
            byte[] body = new TestWebhook(World.NUMBER, "15550400001", "Customer 15550400001")
                    .text(World.newId(), "While it was away", Instant.now());

            broker.close();
            HttpResponse<String> refused = world.post(body);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("send the webhook again");
            assertThat(world.get(world.admin("/readyz")).path("ready").asBoolean())
                    .isFalse();

            parts.add("broker that came back", EmbeddedBroker.start(broker.port(), directory.resolve("kafka")));
            await().atMost(PATIENCE).until(() -> world.post(body).statusCode() == 200);
            await().atMost(PATIENCE)
                    .until(() -> world.customerTexts("15550400001").size() >= 2);

            assertThat(world.customerTexts("15550400001")).isEqualTo(List.of("Before", "While it was away"));
            assertThat(world.chats("15550400001")).hasSize(1);
        }
    }
}
