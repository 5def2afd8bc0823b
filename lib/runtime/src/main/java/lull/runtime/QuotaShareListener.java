package lull.runtime;

/// Listener that applies its part of a quota that processes share, such as a rate limiter.
@FunctionalInterface
public interface QuotaShareListener {

    /// Applies the share from now on. Called by the thread that learns of a change, one call at a time;
    /// must not block.
    ///
    /// @param processes how many share the quota
    /// @param hasJoined whether this process now learns for the first time that there are others, which
    ///     may have used the quota until now
    void shared(int processes, boolean hasJoined);
}
