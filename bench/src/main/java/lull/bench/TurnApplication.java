package lull.bench;

import lull.runtime.Parts;

/// An application of Kafka Streams that makes turns.
interface TurnApplication {

    /// Starts it; returns when all its partitions are assigned and restored.
    ///
    /// @param parts where it adds what it starts
    void start(Work work, Parts parts) throws Exception;

    /// How many turns are open; -1 where it does not tell.
    long openTurns();
}
