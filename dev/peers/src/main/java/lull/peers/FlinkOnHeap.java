package lull.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lull.bench.peer.TurnApplication;
import lull.bench.peer.TurnPeer;

/// Session windows of Flink with state on the heap.
public final class FlinkOnHeap implements TurnPeer {

    @Override
    public String name() {
        return "flink";
    }

    @Override
    public String label() {
        return "flink, heap";
    }

    @Override
    public List<String> javaOptions() {
        return FlinkOptions.JAVA;
    }

    @Override
    public TurnApplication application(String bootstrapServers, Path folder, Duration commitInterval) {
        return new FlinkApplication(bootstrapServers, folder, new FlinkOptions("hashmap", commitInterval, null));
    }
}
