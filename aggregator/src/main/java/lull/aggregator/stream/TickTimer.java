package lull.aggregator.stream;

/// Timer that advances a partition's clock when its next turn is due, by appending a
/// [lull.contract.message.Tick] to the partition. A tick is never wrong, only useless. Called by the thread
/// that handles the partition.
public interface TickTimer {

    /// A tick has something to do after this many milliseconds, unless this is called again before.
    void due(int partition, long inMillis);

    /// Nothing of a partition is due.
    void nothingDue(int partition);

    /// A tick was read back.
    void read(int partition);

    /// The partition is handled elsewhere from now on.
    void released(int partition);
}
