package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.ingress.http.TestWebhook;
import lull.local.broker.BrokerProcess;
import lull.runtime.Lifecycle;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that becomes unavailable and comes back under the running system.
@Tag("proof")
@Tag("own-jvm")
final class BrokerAwayIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Within ten seconds, and some more as the machine may be busy.
    private static final Duration NOTICED = Duration.ofSeconds(15);

    @TempDir
    private Path directory;

    @Test
    void refusesWebhooksWhileItIsAwayAndTakesThemInWhenItIsBack() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            BrokerProcess broker =
                    components.add("broker", BrokerProcess.start(options.kafkaPort(), directory.resolve("kafka")));
            LocalLull.start(
                            options,
                            broker.bootstrapServers(),
                            Map.of(),
                            Map.of("turn.gap", "1s", "ingress.ack.timeout", "2s"),
                            components)
                    .awaitReady();
            World world = components.add("world", new World(options, broker.bootstrapServers()));
            world.says("15550400001", "Before");
            await().atMost(PATIENCE)
                    .until(() -> !world.customerTexts("15550400001").isEmpty());
            byte[] body = new TestWebhook(World.NUMBER, "15550400001", "Customer 15550400001")
                    .text(World.newId(), "While it was away", Instant.now());

            broker.stop();
            HttpResponse<String> refused = world.post(body);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("send the webhook again");
            assertThat(world.get(world.admin("/readyz")).path("ready").asBoolean())
                    .isFalse();

            broker.start();
            await().atMost(PATIENCE).until(() -> world.post(body).statusCode() == 200);
            await().atMost(PATIENCE)
                    .until(() -> world.customerTexts("15550400001").size() >= 2);

            assertThat(world.customerTexts("15550400001")).isEqualTo(List.of("Before", "While it was away"));
            assertThat(world.chats("15550400001")).hasSize(1);
            await().atMost(PATIENCE)
                    .until(() -> world.get(world.admin("/readyz")).path("ready").asBoolean());
        }
    }

    @Test
    void everyServiceNoticesItSaysSoOnceAndIsReadyAgainByItself() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            BrokerProcess broker =
                    components.add("broker", BrokerProcess.start(options.kafkaPort(), directory.resolve("kafka")));
            LocalLull lull = LocalLull.startAround(options, broker.bootstrapServers(), components);
            World world = components.add("world", new World(options, broker.bootstrapServers()));
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.put("ingress.ack.timeout", "2s");
            List<ChildService> services = List.of(
                    components.add("ingress", new ChildService("ingress", settings, directory, World.CLASS_PATH)),
                    components.add("aggregator", new ChildService("aggregator", settings, directory, World.CLASS_PATH)),
                    components.add("bridge", new ChildService("bridge", settings, directory, World.CLASS_PATH)));
            for (ChildService service : services) {
                service.start().awaitReady();
            }
            byte[] body = new TestWebhook(World.NUMBER, "15550400002", "Customer 15550400002")
                    .text(World.newId(), "Hello", Instant.now());

            broker.kill();

            for (ChildService service : services) {
                await().atMost(NOTICED)
                        .untilAsserted(() -> assertThat(problems(world, service))
                                .contains("kafka: no broker answers at " + broker.bootstrapServers()
                                        + " (Connection refused)"));
            }
            // What comes meanwhile makes the ingress say nothing more.
            assertThat(world.post(body).statusCode()).isEqualTo(503);
            assertThat(world.post(body).statusCode()).isEqualTo(503);
            broker.start();

            for (ChildService service : services) {
                service.awaitReady();
                assertThat(service.log().lines().filter(line -> line.contains("Unavailable: ")))
                        .singleElement()
                        .asString()
                        .contains("kafka", broker.bootstrapServers(), "since=", "Check that the brokers run");
                assertThat(service.log().lines().filter(line -> line.contains("Available again: ")))
                        .singleElement()
                        .asString()
                        .contains("kafka");
                assertThat(service.log()).doesNotContain("Kafka answers but does not acknowledge");
                assertThat(service.log()
                                .lines()
                                .filter(line -> line.contains("could not be established"))
                                .count())
                        .isLessThanOrEqualTo(6);
            }
        }
    }

    @Test
    void aTopicThatIsGoneIsAProblemOfTheServicesThatReadIt() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            LocalLull lull = LocalLull.start(options, Map.of(), Map.of(), components);
            lull.awaitReady();
            World world = components.add("world", new World(options, lull.bootstrapServers()));

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", lull.bootstrapServers()))) {
                admin.deleteTopics(List.of(Topics.CHAT.name())).all().get();
            }

            await().atMost(NOTICED)
                    .untilAsserted(() -> assertThat(world.get(world.admin("/readyz"))
                                    .path("problems")
                                    .toString())
                            .contains("topics: cannot read connect.chat: the topic does not exist"));
        }
    }

    private static String problems(World world, ChildService service) {
        JsonNode answer = World.tree(
                world.send(HttpRequest.newBuilder(service.admin("/readyz"))).body());
        return answer.path("problems").toString();
    }
}
