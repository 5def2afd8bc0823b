package lull.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many series each service shows as it is by default, after it has worked a little.
@Tag("proof")
final class MetricsVolumeIT {

    private static final int MOST = 300;

    /// Labels whose values are others after each start.
    private static final Set<String> OF_ONE_START =
            Set.of("client_id", "thread_id", "task_id", "node_id", "connection_id", "kafka_version");

    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Pattern RANDOM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|StreamThread-|@[0-9a-f]{5,}");

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static final Map<String, ChildService> SERVICES = new HashMap<>();
    private static World world;

    @BeforeAll
    static void letALittleHappen() throws Exception {
        LocalOptions options = World.options(directory);
        LocalLull lull = LocalLull.startAround(options, SharedBroker.empty(), COMPONENTS);
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
        for (String name : List.of("bridge", "applications", "aggregator", "ingress")) {
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.put("turn.gap", "500ms");
            settings.put(
                    "streams.state.dir", directory.resolve("state-of-" + name).toString());
            SERVICES.put(
                    name, COMPONENTS.add(name, new ChildService(name, settings, directory, World.CLASS_PATH).start()));
        }
        for (ChildService service : SERVICES.values()) {
            service.awaitReady();
        }
        for (int customer = 0; customer < 20; customer++) {
            world.says("1555000070" + customer, "Hello");
        }
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(
                        () -> assertThat(world.customerTexts("15550000700")).contains("Hello"));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "aggregator", "bridge", "applications"})
    void showsFewSeriesAndNoLabelsThatAreOthersAfterEachStart(String name) {
        String scrape = world.send(HttpRequest.newBuilder(
                        requireNonNull(SERVICES.get(name)).admin("/metrics")))
                .body();
        List<String> series =
                scrape.lines().filter(line -> !line.startsWith("#")).toList();

        System.out.println(name + " shows " + series.size() + " series, " + scrape.length() + " bytes");
        assertThat(series).as("series of %s", name).hasSizeLessThan(MOST);
        assertThat(series)
                .allSatisfy(line -> assertThat(LABEL.matcher(line).results())
                        .as(line)
                        .noneMatch(label -> OF_ONE_START.contains(label.group(1))
                                || RANDOM.matcher(label.group(2)).find()));
    }
}
