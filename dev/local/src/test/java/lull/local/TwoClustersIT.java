package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.ingress.http.TestWebhook;
import lull.local.broker.BrokerProcess;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two installations that get the same webhooks and use the same instance of Amazon Connect, as a test system beside
/// the real one does.
@Tag("proof")
final class TwoClustersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CUSTOMER = "15550000301";

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void neverShareAContact() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            World first = World.ofOneJvm(directory.resolve("first"), Map.of(), components);
            BrokerProcess other = components.add("other broker", BrokerProcess.start(0, directory.resolve("other")));
            World second = World.ofOneJvm(
                    directory.resolve("second"),
                    other.bootstrapServers(),
                    Map.of(
                            "connect.endpoint",
                            first.connect("").toString(),
                            "connect.participant.endpoint",
                            first.connect("").toString()),
                    components);
            byte[] body = new TestWebhook(World.NUMBER, CUSTOMER, "Customer " + CUSTOMER)
                    .text(World.newId(), "Hello", Instant.now());
            assertThat(first.post(body).statusCode()).isEqualTo(200);
            assertThat(second.post(body).statusCode()).isEqualTo(200);

            await().atMost(PATIENCE)
                    .until(() ->
                            !first.records(Topics.CONNECT_MESSAGE_SENT.name()).isEmpty()
                                    && !second.records(Topics.CONNECT_MESSAGE_SENT.name())
                                            .isEmpty());
            assertThat(first.turns(CUSTOMER).getFirst().id())
                    .as("the turns are the same but for where they are")
                    .isEqualTo(second.turns(CUSTOMER).getFirst().id());
            assertThat(first.chats(CUSTOMER))
                    .hasSize(2)
                    .allSatisfy(chat -> assertThat(World.customerTexts(chat)).containsExactly("Hello"));
        }
    }
}
