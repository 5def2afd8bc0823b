package lull.lanes.results;

import java.util.List;

/// Reader of the records that were last written to a partition, by this process or by its previous
/// owner.
interface PartitionTailReader<V> {

    /// Returns the values of a key in a partition, oldest first.
    ///
    /// @param assignment number of the assignment of the partition: after a new assignment the
    ///     partition is read again
    List<V> of(int partition, long assignment, String key);

    /// Reads what others have written to a partition since it was last read.
    void refresh(int partition, long assignment);

    /// Adds what this process has just written.
    void add(int partition, long assignment, String key, V value);
}
