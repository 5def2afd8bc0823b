package lull.bench;

import java.nio.file.Path;
import lull.runtime.Lifecycle;

/// The processes of a benchmark of turns: a broker, and applications as they are needed.
final class TurnProcesses {

    private final Lifecycle components;
    private final Path folder;
    private final Child broker;
    private final InputLog log;

    private int rounds;

    /// Starts the broker.
    TurnProcesses(Lifecycle components) throws Exception {
        this.components = components;
        folder = components.add("folder", Folder.make()).path();
        broker = components
                .add(
                        "broker",
                        Child.start(Role.BROKER, folder, folder.resolve("kafka").toString()))
                .awaitStarted();
        log = components.add("log", new InputLog(bootstrapServers(), TurnsPlan.PARTITIONS));
    }

    /// Starts an application of a form, which does nothing yet. Those of equal names share their stores.
    Child start(TurnForm form, String name) throws Exception {
        return start(new TurnMaker.Own(form), name);
    }

    /// Starts an application, which does nothing yet. Those of equal names share their stores.
    Child start(TurnMaker maker, String name) throws Exception {
        Path stores = folder.resolve("stores-" + name);
        return components
                .add(name, maker.start(folder, bootstrapServers(), stores))
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
}
