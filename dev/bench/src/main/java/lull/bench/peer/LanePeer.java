package lull.bench.peer;

/// A peer of lanes: it handles the records of a topic in order per key and in parallel across keys.
public interface LanePeer extends Peer {

    /// An application of it, which does nothing yet.
    LaneApplication application(String bootstrapServers);
}
