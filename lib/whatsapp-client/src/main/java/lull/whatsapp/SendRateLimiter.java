package lull.whatsapp;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import lull.contract.ConversationKey;
import lull.runtime.QuotaShareListener;
import lull.runtime.TokenBucket;

/// Rate limiter of replies: a token bucket for each business number and one for each pair of business number and
/// customer. Safe for several threads.
public final class SendRateLimiter implements QuotaShareListener {

    private static final int PAIRS_BEFORE_SWEEP = 10_000;

    private final TokenBucket.Rate whole;
    private final TokenBucket.Rate ofPair;
    private final LongSupplier nanoTime;
    private TokenBucket.Rate ofNumber;
    private final Map<String, TokenBucket> numbers = new HashMap<>();
    private final Map<ConversationKey, TokenBucket> pairs = new HashMap<>();

    /// Creates a limiter with these rates of numbers and pairs.
    ///
    /// @param ofNumber what all bridges may send together
    public SendRateLimiter(TokenBucket.Rate ofNumber, TokenBucket.Rate ofPair, LongSupplier nanoTime) {
        this.whole = ofNumber;
        this.ofNumber = ofNumber;
        this.ofPair = ofPair;
        this.nanoTime = nanoTime;
    }

    /// Uses one of several equal parts of the rates of numbers from now on. A customer is served by one
    /// process, so the rates of pairs stay.
    ///
    /// @param hasJoined whether others may have used the bursts, so that none is left
    @Override
    public synchronized void shared(int processes, boolean hasJoined) {
        ofNumber = whole.part(processes);
        numbers.values().forEach(number -> {
            number.setRate(ofNumber);
            if (hasJoined) {
                number.empty();
            }
        });
    }

    /// Takes a token of each bucket if both have one, and returns zero. Otherwise takes nothing and
    /// returns how long until both have one.
    public synchronized Duration take(ConversationKey conversation) {
        TokenBucket number = ofNumber(conversation.businessNumber());
        TokenBucket pair = pairs.computeIfAbsent(conversation, _ -> new TokenBucket(ofPair, nanoTime));
        Duration ofNumber = number.untilNext();
        Duration ofPair = pair.untilNext();
        if (!ofNumber.isZero() || !ofPair.isZero()) {
            return ofNumber.compareTo(ofPair) > 0 ? ofNumber : ofPair;
        }
        number.tryTake();
        pair.tryTake();
        if (pairs.size() > PAIRS_BEFORE_SWEEP) {
            pairs.values().removeIf(TokenBucket::isFull);
        }
        return Duration.ZERO;
    }

    /// Takes a token of a number's bucket if at least half of them are left; the other half is reserved
    /// for replies.
    public synchronized boolean takeSpare(String businessNumber) {
        return ofNumber(businessNumber).tryTakeSpare();
    }

    private TokenBucket ofNumber(String businessNumber) {
        return numbers.computeIfAbsent(businessNumber, _ -> new TokenBucket(ofNumber, nanoTime));
    }
}
