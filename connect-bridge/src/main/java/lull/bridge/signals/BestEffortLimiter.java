package lull.bridge.signals;

import java.util.function.LongSupplier;
import lull.runtime.TokenBucket;
import lull.whatsapp.SendRateLimiter;

/// What messages leave of the rate, for what may be left out: read marks and typing indicators. They share a budget,
/// and get nothing while a business number has much to send. Safe for several threads.
public final class BestEffortLimiter {

    private final TokenBucket budget;
    private final SendRateLimiter pace;

    /// @param perSecond how many this process sends of all kinds together
    /// @param pace of messages, which these count among
    public BestEffortLimiter(int perSecond, SendRateLimiter pace, LongSupplier nanoTime) {
        this.budget = new TokenBucket(perSecond, nanoTime);
        this.pace = pace;
    }

    /// Takes one of a business number; false where it is to be left out.
    boolean take(String businessNumber) {
        return pace.takeSpare(businessNumber) && budget.spend();
    }
}
