package lull.bridge.lane;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a flow is paused because it is misconfigured. While it is, one record at a time is tried, now and
/// then. Not safe for several threads but for [#reason()].
final class Halt {

    private final long retryNanos;
    private volatile @Nullable String reason;
    private long until;

    Halt(long retryNanos) {
        this.retryNanos = retryNanos;
    }

    void misconfigured(String why, long now) {
        reason = why;
        until = now + retryNanos;
    }

    /// Something else than "misconfigured" has come back from outside.
    void over() {
        reason = null;
    }

    /// Whether another record may start while so many run.
    boolean allows(long now, int running) {
        return reason == null || (running == 0 && now >= until);
    }

    /// When a record may be tried.
    long until() {
        return until;
    }

    /// Why the flow is paused; empty where it is not.
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
