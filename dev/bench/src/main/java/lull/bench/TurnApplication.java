package lull.bench;

import java.util.function.LongSupplier;
import lull.runtime.Lifecycle;

/// An application of Kafka Streams that makes turns.
interface TurnApplication {

    /// Starts it; returns when all its partitions are assigned and restored. What it returns tells how
    /// many turns are open, or -1 where nobody knows.
    ///
    /// @param components where it adds what it starts
    LongSupplier start(Work work, Lifecycle components) throws Exception;
}
