package lull.bench;

/// What is done with a record.
@FunctionalInterface
interface LaneHandler {

    /// Handles the value of a record; takes as long as the benchmark wants.
    void handle(byte[] value) throws InterruptedException;
}
