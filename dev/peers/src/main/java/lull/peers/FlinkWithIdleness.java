package lull.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lull.bench.peer.TurnApplication;
import lull.bench.peer.TurnPeer;

/// Session windows of Flink with state on the heap, which does not wait for partitions that have been
/// silent for a second.
public final class FlinkWithIdleness implements TurnPeer {

    private static final Duration IDLENESS = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "flink-idleness";
    }

    @Override
    public String label() {
        return "flink, idleness of 1 s";
    }

    @Override
    public List<String> javaOptions() {
        return FlinkOptions.JAVA;
    }

    @Override
    public TurnApplication application(String bootstrapServers, Path folder, Duration commitInterval) {
        return new FlinkApplication(bootstrapServers, folder, new FlinkOptions("hashmap", commitInterval, IDLENESS));
    }

    /// Its pipeline is that of [FlinkOnHeap].
    @Override
    public boolean isCompared() {
        return false;
    }
}
