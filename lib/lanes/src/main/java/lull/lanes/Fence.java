package lull.lanes;

/// Check whether a lane may still act: its partition is this process's own, and the last poll is recent enough
/// that nobody else can have got it.
@FunctionalInterface
public interface Fence {

    /// Returns where the lane may act, and throws [LaneLost] where it may not.
    void check();
}
