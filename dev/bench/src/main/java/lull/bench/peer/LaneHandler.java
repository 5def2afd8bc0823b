package lull.bench.peer;

/// What is done with a record.
@FunctionalInterface
public interface LaneHandler {

    /// Handles the value of a record; takes as long as the benchmark wants.
    void handle(byte[] value) throws InterruptedException;
}
