package lull.bench.peer;

import lull.runtime.Lifecycle;

/// An application that makes turns.
public interface TurnApplication {

    /// Starts it; returns when all its partitions are assigned and restored.
    ///
    /// @param components where it adds what it starts
    Started start(Work work, Lifecycle components) throws Exception;

    /// An application that has started.
    interface Started {

        /// How many records of its input it has handled since it was started.
        long handled() throws Exception;

        /// How many turns are open, or -1 if it does not know.
        default long openTurns() {
            return -1;
        }
    }
}
