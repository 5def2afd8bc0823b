package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bridges share the quotas by the number of them that are alive: a second one comes, is killed, comes again and
/// stops, while a customer writes, and nobody sets a number.
@Tag("proof")
final class SharedQuotasIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CUSTOMER = "15550507001";

    @TempDir
    private Path directory;

    private final List<String> written = new ArrayList<>();

    @Test
    void eachBridgeThatIsAliveHasItsShare() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            LocalLull lull = LocalLull.start(
                    options,
                    SharedBroker.empty(),
                    Map.of(),
                    Map.of("turn.gap", "300ms", "connect.rates", "SendMessage=30/40,StartChatContact=5/8"),
                    components);
            lull.awaitReady();
            World world = components.add("world", new World(options, lull.bootstrapServers()));
            Bridge first = new Bridge(world, options.uri(options.adminPort(), "/metrics"));
            first.awaitShare(1);
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.put("bridge.port", Integer.toString(FreePort.next()));
            settings.put("connect.rates", "SendMessage=30/40,StartChatContact=5/8");
            ChildService other = components.add(
                    "second bridge",
                    new ChildService(
                            "bridge", settings, Files.createDirectory(directory.resolve("second")), World.CLASS_PATH));
            Bridge second = new Bridge(world, other.admin("/metrics"));

            write(world);
            other.start().awaitReady();
            first.awaitShare(2);
            second.awaitShare(2);
            write(world);
            other.kill();
            first.awaitShare(1);
            write(world);
            other.start().awaitReady();
            first.awaitShare(2);
            second.awaitShare(2);
            write(world);
            other.stop();
            first.awaitShare(1);
            write(world);

            assertThat(other.log()).contains("The quotas are shared by this number of processes");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(shown(world)).isEqualTo(written));
            assertThat(world.chats(CUSTOMER)).hasSize(1);
        }
    }

    private void write(World world) {
        for (int line = 0; line < 5; line++) {
            String text = "line " + written.size();
            world.insists(CUSTOMER, text);
            written.add(text);
        }
    }

    private static List<String> shown(World world) {
        return world.customerTexts(CUSTOMER).stream().flatMap(String::lines).toList();
    }

    /// A bridge as its meters show it.
    private record Bridge(World world, URI metrics) {

        void awaitShare(int processes) {
            await().alias("a share of 1/" + processes)
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(meter("lull_bridge_quota_share")).isCloseTo(1.0 / processes, within(1e-9)));
            assertThat(meter("lull_bridge_connect_pace", "operation=\"StartChatContact\""))
                    .isCloseTo(5.0 / processes, within(1e-9));
        }

        private double meter(String name, String... labels) {
            return world.send(HttpRequest.newBuilder(metrics))
                    .body()
                    .lines()
                    .filter(line ->
                            line.startsWith(name) && List.of(labels).stream().allMatch(line::contains))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .findFirst()
                    .orElse(0);
        }
    }
}
