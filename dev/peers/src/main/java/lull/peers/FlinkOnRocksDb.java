package lull.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lull.bench.peer.TurnApplication;
import lull.bench.peer.TurnPeer;

/// Session windows of Flink with state in RocksDB.
public final class FlinkOnRocksDb implements TurnPeer {

    @Override
    public String name() {
        return "flink-rocksdb";
    }

    @Override
    public String label() {
        return "flink, rocksdb";
    }

    @Override
    public List<String> javaOptions() {
        return FlinkOptions.JAVA;
    }

    @Override
    public TurnApplication application(String bootstrapServers, Path folder, Duration commitInterval) {
        return new FlinkApplication(bootstrapServers, folder, new FlinkOptions("rocksdb", commitInterval, null));
    }
}
