package lull.connect;

import java.time.Duration;
import java.util.Optional;
import lull.connect.Rates.Rate;

/// The pace of one operation: a token bucket that gives away its next tokens in the order in which they are asked for,
/// halves its rate where Connect throttles, and comes back to it step by step. Times are nanoseconds of one
/// monotonic clock. Safe for several threads.
final class Pace {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /// The slowest pace, as part of what is allowed.
    private static final double SLOWEST = 0.05;

    /// By how much it comes back each second without throttling, as part of what is allowed.
    private static final double STEP = 0.1;

    private final Rate allowed;
    private double perSecond;

    /// When the bucket would be full again, were nothing more taken.
    private long fullAt;

    private long changedAt;

    Pace(Rate allowed, long now) {
        this.allowed = allowed;
        this.perSecond = allowed.perSecond();
        this.fullAt = now;
        this.changedAt = now;
    }

    /// Takes a token, and returns how long to wait until it may be used; takes none where that would be longer than
    /// `most`.
    synchronized Optional<Duration> take(long now, Duration most) {
        Duration wait = untilNext(now);
        if (wait.compareTo(most) > 0) {
            return Optional.empty();
        }
        fullAt = Math.max(fullAt, now) + interval();
        return Optional.of(wait);
    }

    /// How long the next token would have to be waited for.
    synchronized Duration untilNext(long now) {
        long tolerance = interval() * (allowed.burst() - 1);
        return Duration.ofNanos(Math.max(0, fullAt - tolerance - now));
    }

    /// Connect has throttled a call. Calls that were under way together count once.
    synchronized void throttled(long now) {
        if (now - changedAt >= SECOND || perSecond == allowed.perSecond()) {
            perSecond = Math.max(perSecond / 2, allowed.perSecond() * SLOWEST);
            changedAt = now;
        }
    }

    /// Connect has taken a call.
    synchronized void taken(long now) {
        if (perSecond < allowed.perSecond() && now - changedAt >= SECOND) {
            perSecond = Math.min(perSecond + allowed.perSecond() * STEP, allowed.perSecond());
            changedAt = now;
        }
    }

    /// Calls a second at most, now.
    synchronized double perSecond() {
        return perSecond;
    }

    private long interval() {
        return (long) (SECOND / perSecond);
    }
}
