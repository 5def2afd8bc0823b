package lull.lanes.flow;

/// Port that knows which keys' records belong to this process. Safe for several threads.
public interface KeyOwner {

    /// Whether a flow of this process handles the records of a key now.
    boolean has(String key);

    /// Returns a number that changes whenever the process is assigned partitions.
    long assignment();
}
