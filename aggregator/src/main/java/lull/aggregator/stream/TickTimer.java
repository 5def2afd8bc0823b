package lull.aggregator.stream;

/// Timer that advances a partition's clock when its next turn is due, by appending a
/// [lull.contract.message.Tick] to the partition. A tick is never wrong, only useless. Called by the thread
/// that handles the partition.
public interface TickTimer {

    /// Schedules a tick after this many milliseconds, unless this is called again before.
    void due(int partition, long inMillis);

    /// Cancels the tick of a partition in which nothing is due.
    void nothingDue(int partition);

    /// Reports that a tick was read back.
    void read(int partition);

    /// Reports that the partition is handled elsewhere from now on.
    void released(int partition);
}
