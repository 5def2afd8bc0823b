package lull.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lull.cli.Lull;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One file of settings, as `lull init` writes it, serves all processes on one machine.
@Tag("proof")
final class OneFileIT {

    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir
    private Path directory;

    @Test
    void servesAllProcessesOnOneMachineAndRefusesWhatIsMisspelt() throws Exception {
        LocalOptions options = World.options(directory);
        try (Lifecycle components = new Lifecycle()) {
            LocalLull lull = LocalLull.startAround(options, SharedBroker.empty(), components);
            World world = components.add("world", new World(options, lull.bootstrapServers()));
            Path file = directory.resolve("lull.properties");
            assertThat(Lull.commandLine().execute("init", file.toString())).isZero();
            Map<String, String> settings = new TreeMap<>(lull.settings());
            settings.remove("admin.port");
            settings.put("turn.gap", "500ms");
            // The defaults differ too, but may be taken on the machine that runs the test.
            Map<String, Integer> ports = Map.of(
                    "ingress",
                    FreePort.next(),
                    "aggregator",
                    FreePort.next(),
                    "bridge",
                    FreePort.next(),
                    "applications",
                    FreePort.next());
            ports.forEach((name, port) -> settings.put(name + ".admin.port", Integer.toString(port)));
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.removeIf(line -> line.startsWith("connect.queue.url="));
            settings.forEach((name, value) -> lines.add(name + "=" + value));
            Files.write(file, lines);

            List<ChildService> services = new ArrayList<>();
            for (String name : List.of("bridge", "applications", "aggregator", "ingress")) {
                services.add(components.add(
                        name,
                        new ChildService(name, file, requireNonNull(ports.get(name)), directory, World.CLASS_PATH)
                                .start()));
            }
            for (ChildService service : services) {
                service.awaitReady();
            }
            world.says("15550000801", "Hello");
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(
                            () -> assertThat(world.customerTexts("15550000801")).containsExactly("Hello"));

            for (ChildService service : services) {
                service.stop();
                assertThat(service.exitCode()).as("exit code after SIGTERM").contains(ENDED_BY_SIGTERM);
            }

            lines.add("turn.gpa=5s");
            Files.write(file, lines);
            for (String name : List.of("bridge", "applications", "aggregator", "ingress")) {
                assertThat(Lull.commandLine().execute(name, "--config", file.toString()))
                        .as(name + " with a misspelt setting")
                        .isEqualTo(1);
            }
        }
    }
}
