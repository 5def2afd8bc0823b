package lull.bench.peer;

import java.nio.file.Path;
import java.time.Duration;

/// A peer of the aggregator: it makes turns of the messages of a topic.
public interface TurnPeer extends Peer {

    /// An application of it, which does nothing yet.
    ///
    /// @param folder of its state; what is there of a round is gone on with when the round is started
    ///     again
    /// @param commitInterval how often it commits what it has done
    TurnApplication application(String bootstrapServers, Path folder, Duration commitInterval);

    /// Whether it takes part in the comparison, and not only in what is tried beside it.
    default boolean isCompared() {
        return true;
    }
}
