package lull.bridge.signals;

import java.util.function.LongSupplier;
import lull.runtime.TokenBucket;
import lull.whatsapp.SendRateLimiter;

/// Rate limiter for calls that may be skipped: read receipts and typing indicators. They share one bucket, and get
/// nothing while a business number has many replies to send. Safe for several threads.
public final class BestEffortLimiter {

    private final TokenBucket budget;
    private final SendRateLimiter replies;

    /// @param perSecond the maximum that this process sends, of all kinds together
    /// @param replies rate limiter of replies; these calls count as replies
    public BestEffortLimiter(int perSecond, SendRateLimiter replies, LongSupplier nanoTime) {
        this.budget = new TokenBucket(TokenBucket.Rate.perSecond(perSecond), nanoTime);
        this.replies = replies;
    }

    /// Takes a token for a business number; false if the call is to be skipped.
    boolean take(String businessNumber) {
        return replies.takeSpare(businessNumber) && budget.tryTake();
    }
}
