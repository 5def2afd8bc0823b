package lull.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import lull.runtime.Parts;

/// The processes of a benchmark of turns: a broker, and applications as they are needed.
final class TurnProcesses {

    private final Parts parts;
    private final Path folder;
    private final Child broker;
    private final InputLog log;

    private int rounds;

    /// Starts the broker.
    TurnProcesses(Parts parts) throws Exception {
        this.parts = parts;
        folder = Files.createTempDirectory("lull-bench");
        parts.add("folder", () -> delete(folder));
        broker = parts.add(
                        "broker",
                        Child.start(Role.BROKER, folder, folder.resolve("kafka").toString()))
                .awaitStarted();
        log = parts.add("log", new InputLog(bootstrapServers(), TurnsPlan.PARTITIONS));
    }

    /// Starts an application of a form, which does nothing yet. Those of equal names share their stores.
    Child start(TurnForm form, String name) throws Exception {
        Path stores = folder.resolve("stores-" + name);
        return parts.add(
                        name,
                        Child.start(form.role(), folder, form.name(), bootstrapServers(), stores.toString()))
                .awaitStarted();
    }

    Child broker() {
        return broker;
    }

    InputLog log() {
        return log;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + broker.port();
    }

    /// A name that no round has had before.
    String nextRound() {
        rounds++;
        return "round-" + rounds;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
