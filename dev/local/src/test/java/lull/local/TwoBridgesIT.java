package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A second bridge that comes and goes, in order and without a last word, while customers write: conversations move
/// from one to the other and back, and every line is shown once, in order, in one chat.
@Tag("proof")
final class TwoBridgesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CUSTOMERS = 12;
    private static final int ROUNDS = 2;

    @TempDir
    private Path directory;

    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void shareTheConversationsWhateverBecomesOfOneOfThem() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            LocalLull lull =
                    LocalLull.start(options, SharedBroker.empty(), Map.of(), Map.of("turn.gap", "300ms"), components);
            lull.awaitReady();
            World world = components.add("world", new World(options, lull.bootstrapServers()));
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.put("bridge.port", Integer.toString(FreePort.next()));
            ChildService second =
                    components.add("second bridge", new ChildService("bridge", settings, directory, World.CLASS_PATH));

            second.start().awaitReady();
            Map<String, Future<Integer>> written = new HashMap<>();
            // In this order, also after a failure: people stop, then they are awaited.
            try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
                    Closeable _ = () -> isOver.set(true)) {
                for (int customer = 0; customer < CUSTOMERS; customer++) {
                    String phone = "155505000" + (10 + customer);
                    written.put(phone, people.submit(() -> write(world, phone)));
                }
                // A bridge that starts slowly must not be stopped before it has had conversations of its own.
                await().alias("the second bridge has conversations of its own")
                        .atMost(PATIENCE)
                        .until(() -> second.log().contains("Chat opened"));
                for (int round = 0; round < ROUNDS; round++) {
                    pass(Duration.ofSeconds(2));
                    second.stop();
                    pass(Duration.ofSeconds(1));
                    second.start().awaitReady();
                    pass(Duration.ofSeconds(2));
                    second.kill();
                    pass(Duration.ofSeconds(1));
                    second.start().awaitReady();
                }
            }

            for (Map.Entry<String, Future<Integer>> one : written.entrySet()) {
                List<String> lines = IntStream.range(0, one.getValue().get())
                        .mapToObj(line -> "line " + line)
                        .toList();
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(shown(world, one.getKey())).contains(lines.getLast()));
                assertThat(shown(world, one.getKey())).isEqualTo(lines);
                assertThat(world.chats(one.getKey())).hasSize(1);
            }
        }
    }

    private int write(World world, String phone) {
        int line = 0;
        while (!isOver.get()) {
            world.insists(phone, "line " + line++);
            pass(Duration.ofMillis(400));
        }
        return line;
    }

    private static List<String> shown(World world, String phone) {
        List<String> lines = new ArrayList<>();
        world.customerTexts(phone).forEach(text -> text.lines().forEach(lines::add));
        return lines;
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
    }
}
