package lull.lanes;

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
}
