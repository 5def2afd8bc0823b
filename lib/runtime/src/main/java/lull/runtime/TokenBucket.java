package lull.runtime;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Token bucket for calls that may be skipped: a number of them per second, and as many at once after a pause. Safe for
/// several threads.
public final class TokenBucket {

    private final long everyNanos;
    private final long mostBorrowed;
    private final LongSupplier nanoTime;

    /// When all of it is there again, in nanoseconds of the clock.
    private long fullAt;

    /// @param perSecond at least 1
    /// @param nanoTime a monotonic clock, such as `System::nanoTime`
    public TokenBucket(int perSecond, LongSupplier nanoTime) {
        this.everyNanos = Duration.ofSeconds(1).toNanos() / perSecond;
        this.mostBorrowed = everyNanos * (perSecond - 1L);
        this.nanoTime = nanoTime;
        this.fullAt = nanoTime.getAsLong();
    }

    /// Takes one of it; false where nothing is left.
    public synchronized boolean spend() {
        long now = nanoTime.getAsLong();
        long spent = Math.max(0, fullAt - now);
        if (spent > mostBorrowed) {
            return false;
        }
        fullAt = now + spent + everyNanos;
        return true;
    }
}
