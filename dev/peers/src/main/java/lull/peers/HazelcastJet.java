package lull.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lull.bench.peer.TurnApplication;
import lull.bench.peer.TurnPeer;

/// Session windows of Hazelcast Jet, in an embedded member.
public final class HazelcastJet implements TurnPeer {

    private static final String TO_ALL = "=ALL-UNNAMED";

    @Override
    public String name() {
        return "hazelcast";
    }

    @Override
    public String label() {
        return "hazelcast jet";
    }

    /// What Hazelcast asks for when it starts without.
    @Override
    public List<String> javaOptions() {
        return List.of(
                "--add-modules=java.se",
                "--add-exports=java.base/jdk.internal.ref" + TO_ALL,
                "--add-opens=java.base/java.lang" + TO_ALL,
                "--add-opens=java.base/sun.nio.ch" + TO_ALL,
                "--add-opens=java.management/sun.management" + TO_ALL,
                "--add-opens=jdk.management/com.sun.management.internal" + TO_ALL);
    }

    @Override
    public TurnApplication application(String bootstrapServers, Path folder, Duration commitInterval) {
        return new HazelcastApplication(bootstrapServers, commitInterval);
    }
}
