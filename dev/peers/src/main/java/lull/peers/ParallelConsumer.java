package lull.peers;

import lull.bench.peer.LaneApplication;
import lull.bench.peer.LanePeer;

/// Confluent's parallel-consumer, which keeps the order of each key.
public final class ParallelConsumer implements LanePeer {

    @Override
    public String name() {
        return "parallel-consumer";
    }

    @Override
    public String label() {
        return "parallel-consumer";
    }

    @Override
    public LaneApplication application(String bootstrapServers) {
        return new ParallelConsumerApplication(bootstrapServers);
    }
}
