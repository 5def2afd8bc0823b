package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What messages are about, after a bridge was killed and started again, and from a second bridge that was not
/// there when they were said.
@Tag("proof")
final class QuotesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CUSTOMER = "15550003001";
    private static final String GREETED = "15550003002";

    @TempDir
    private Path directory;

    @Test
    void surviveARestartAndAreKnownToOtherBridges() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            LocalLull lull = LocalLull.startAround(options, SharedBroker.empty(), components);
            World world = components.add("world", new World(options, lull.bootstrapServers()));
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.put("turn.gap", "500ms");
            for (String name : new String[] {"ingress", "aggregator"}) {
                components
                        .add(name, new ChildService(name, settings, directory, World.CLASS_PATH))
                        .start()
                        .awaitReady();
            }
            ChildService first = components.add(
                    "first bridge",
                    new ChildService(
                            "bridge", settings, Files.createDirectory(directory.resolve("first")), World.CLASS_PATH));
            first.start().awaitReady();
            await().atMost(PATIENCE).until(lull::subscribed);

            String asked = world.says(CUSTOMER, "Which plan fits me?");
            awaitTexts(world, CUSTOMER, 1);
            world.agentSays(world.chats(CUSTOMER).getFirst(), "Shall I book plan A?");
            await().atMost(PATIENCE).until(() -> world.phone(CUSTOMER).size() == 1);
            String question = world.phone(CUSTOMER).getFirst().path("wamid").asText();
            world.sends(GREETED, "{'type':'request_welcome','referral':{'headline':'Winter tyres'}}");
            await().atMost(PATIENCE).until(() -> world.turns(GREETED).size() == 1);

            first.kill();
            first.start().awaitReady();
            world.sends(CUSTOMER, reaction(question));
            world.says(GREETED, "Still valid?");
            awaitTexts(world, CUSTOMER, 2);
            awaitTexts(world, GREETED, 1);

            Map<String, String> more = new HashMap<>(settings);
            more.put("bridge.port", Integer.toString(FreePort.next()));
            ChildService second = components.add(
                    "second bridge",
                    new ChildService(
                            "bridge", more, Files.createDirectory(directory.resolve("second")), World.CLASS_PATH));
            second.start().awaitReady();
            first.stop();
            world.sends(CUSTOMER, "{'type':'revoke','revoke':{'original_message_id':'" + asked + "'}}");
            awaitTexts(world, CUSTOMER, 3);
            world.sends(CUSTOMER, "{'type':'text','text':{'body':'Yes, book it'},'context':{'id':'" + question + "'}}");
            awaitTexts(world, CUSTOMER, 4);

            assertThat(world.customerTexts(CUSTOMER))
                    .containsExactly(
                            "Which plan fits me?",
                            "[reaction] 👍 to: Shall I book plan A?",
                            "[deleted a message] Which plan fits me?",
                            "[in reply to] Shall I book plan A?\nYes, book it");
            assertThat(world.customerTexts(GREETED))
                    .containsExactly("[came from the advertisement] Winter tyres\nStill valid?");
        }
    }

    private static String reaction(String messageId) {
        return "{'type':'reaction','reaction':{'message_id':'" + messageId + "','emoji':'👍'}}";
    }

    private static void awaitTexts(World world, String customer, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).hasSizeGreaterThanOrEqualTo(count));
    }
}
