package lull.whatsapp;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import lull.contract.ConversationKey;

/// How fast replies may leave: a token bucket for each business number and one for each pair of business number and
/// customer. Safe for several threads.
public final class SendRateLimiter {

    private static final int PAIRS_BEFORE_SWEEP = 10_000;

    private final Rate ofNumber;
    private final Rate ofPair;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> numbers = new HashMap<>();
    private final Map<ConversationKey, Bucket> pairs = new HashMap<>();

    /// A rate with what may be borrowed.
    ///
    /// @param every the time in which one more is allowed
    /// @param burst how many may leave at once after a silence
    public record Rate(Duration every, int burst) {

        public Rate {
            if (every.isNegative() || every.isZero() || burst < 1) {
                throw new IllegalArgumentException("A rate allows something");
            }
        }
    }

    /// When a bucket is full again, in nanoseconds: all that a token bucket needs to remember.
    private static final class Bucket {
        private long fullAt;
    }

    /// The rates of numbers and pairs; the process's share of them, where several bridges send.
    public SendRateLimiter(Rate ofNumber, Rate ofPair, LongSupplier nanoTime) {
        this.ofNumber = ofNumber;
        this.ofPair = ofPair;
        this.nanoTime = nanoTime;
    }

    /// Takes a token of each bucket where both have one, which answers zero; else how long until they do.
    public synchronized Duration take(ConversationKey conversation) {
        long now = nanoTime.getAsLong();
        Bucket number = numbers.computeIfAbsent(conversation.businessNumber(), _ -> full(now));
        Bucket pair = pairs.computeIfAbsent(conversation, _ -> full(now));
        long missing = Math.max(missing(number, ofNumber, now), missing(pair, ofPair, now));
        if (missing > 0) {
            return Duration.ofNanos(missing);
        }
        spend(number, ofNumber, now);
        spend(pair, ofPair, now);
        if (pairs.size() > PAIRS_BEFORE_SWEEP) {
            pairs.values().removeIf(bucket -> bucket.fullAt - now <= 0);
        }
        return Duration.ZERO;
    }

    /// Takes a token of a number's bucket where at least half of them are there; else leaves them to messages.
    public synchronized boolean takeSpare(String businessNumber) {
        long now = nanoTime.getAsLong();
        Bucket number = numbers.computeIfAbsent(businessNumber, _ -> full(now));
        long spent = Math.max(0, number.fullAt - now);
        if (spent > ofNumber.every().toNanos() * ofNumber.burst() / 2) {
            return false;
        }
        spend(number, ofNumber, now);
        return true;
    }

    private static Bucket full(long now) {
        Bucket bucket = new Bucket();
        bucket.fullAt = now;
        return bucket;
    }

    /// How long until the bucket has a token.
    private static long missing(Bucket bucket, Rate rate, long now) {
        long spent = Math.max(0, bucket.fullAt - now);
        return spent - rate.every().toNanos() * (rate.burst() - 1L);
    }

    private static void spend(Bucket bucket, Rate rate, long now) {
        bucket.fullAt = now + Math.max(0, bucket.fullAt - now) + rate.every().toNanos();
    }
}
