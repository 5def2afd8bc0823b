package lull.lanes;

import java.util.List;

/// Check whether a lane may still act: this process still has its partition, and the last poll is so
/// recent that no other process can have got it.
@FunctionalInterface
public interface Fence {

    /// Returns normally if the lane may act; throws [LaneLost] if not.
    void check();

    /// Whether a later record of the same key waits already in this process.
    default boolean isFollowed() {
        return false;
    }

    /// Returns the values of the records of the same key that wait already in this process, in their
    /// order, until the first that cannot be read.
    ///
    /// @param most how many are returned
    default <V> List<V> following(ValueReader<V> reader, int most) {
        return List.of();
    }
}
