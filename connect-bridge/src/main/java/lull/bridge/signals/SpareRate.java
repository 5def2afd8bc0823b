package lull.bridge.signals;

import java.util.function.LongSupplier;
import lull.runtime.Budget;
import lull.whatsapp.Pace;

/// What messages leave of the rate, for what may be left out: read marks and typing indicators. They share a budget,
/// and get nothing while a business number has much to send. Safe for several threads.
public final class SpareRate {

    private final Budget budget;
    private final Pace pace;

    /// @param perSecond how many this process sends of all kinds together
    /// @param pace of messages, which these count among
    public SpareRate(int perSecond, Pace pace, LongSupplier nanoTime) {
        this.budget = new Budget(perSecond, nanoTime);
        this.pace = pace;
    }

    /// Takes one of a business number; false where it is to be left out.
    boolean take(String businessNumber) {
        return pace.takeSpare(businessNumber) && budget.spend();
    }
}
