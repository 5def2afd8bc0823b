package lull.connect;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import lull.connect.Rates.Rate;
import lull.runtime.TokenBucket;

/// Rate of one operation that adapts to throttling: it is halved when Connect throttles, and recovers
/// step by step. A [TokenBucket] enforces it. Safe for several threads.
final class AdaptiveRate {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /// The minimum, as a share of the allowed rate.
    private static final double MINIMUM = 0.05;

    /// How much the rate recovers in each second without throttling, as a share of the allowed rate.
    private static final double STEP = 0.1;

    private final LongSupplier nanoTime;
    private final TokenBucket bucket;
    private Rate allowed;
    private double perSecond;
    private long changedAt;

    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    AdaptiveRate(Rate allowed, LongSupplier nanoTime) {
        this.allowed = allowed;
        this.nanoTime = nanoTime;
        this.perSecond = allowed.perSecond();
        this.bucket = new TokenBucket(new TokenBucket.Rate(interval(), allowed.burst()), nanoTime);
        this.changedAt = nanoTime.getAsLong();
    }

    /// Takes a token, and returns the place in the line for it, which the caller closes. Takes none if the
    /// wait is longer than the limit.
    Optional<TokenBucket.Place> enter(Duration longestWait) {
        return bucket.enter(longestWait);
    }

    /// Changes what is allowed. A rate that throttling has lowered stays lower in proportion.
    ///
    /// @param isEmpty whether others may have used the tokens, so that none is left
    synchronized void allow(Rate rate, boolean isEmpty) {
        perSecond = perSecond == allowed.perSecond()
                ? rate.perSecond()
                : Math.min(rate.perSecond(), perSecond * rate.perSecond() / allowed.perSecond());
        allowed = rate;
        bucket.setRate(new TokenBucket.Rate(interval(), rate.burst()));
        if (isEmpty) {
            bucket.empty();
        }
    }

    /// How long until the next token.
    Duration untilNext() {
        return bucket.untilNext();
    }

    /// Reports that Connect has throttled a call. Calls that were made at the same time count once.
    synchronized void throttled() {
        long now = nanoTime.getAsLong();
        if (now - changedAt >= SECOND || perSecond == allowed.perSecond()) {
            change(Math.max(perSecond / 2, allowed.perSecond() * MINIMUM), now);
        }
    }

    /// Reports that Connect has accepted a call.
    synchronized void accepted() {
        long now = nanoTime.getAsLong();
        if (perSecond < allowed.perSecond() && now - changedAt >= SECOND) {
            change(Math.min(perSecond + allowed.perSecond() * STEP, allowed.perSecond()), now);
        }
    }

    /// The calls per second that are allowed now.
    synchronized double perSecond() {
        return perSecond;
    }

    private void change(double rate, long now) {
        perSecond = rate;
        changedAt = now;
        bucket.setInterval(interval());
    }

    private Duration interval() {
        return Duration.ofNanos((long) (SECOND / perSecond));
    }
}
