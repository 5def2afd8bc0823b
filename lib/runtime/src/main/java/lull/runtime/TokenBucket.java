package lull.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Token bucket that limits a rate. A caller takes a token before each call; a token comes back after each interval,
/// until the bucket is full. It stores one number, the time when the bucket is full again, and compares times by
/// difference only, so that any monotonic clock works. Safe for several threads.
public final class TokenBucket {

    private final int burst;
    private final LongSupplier nanoTime;

    private long everyNanos;

    /// When the bucket would be full again if no more tokens were taken, in nanoseconds of the clock.
    private long fullAt;

    /// A rate.
    ///
    /// @param every the time after which one more token is added
    /// @param burst how many tokens a full bucket has
    public record Rate(Duration every, int burst) {

        public Rate {
            if (every.isNegative() || every.isZero() || burst < 1) {
                throw new IllegalArgumentException("A rate must have an interval above 0 and a burst of 1 or more");
            }
        }

        /// Returns a rate of tokens per second, with the same number in a full bucket.
        public static Rate perSecond(int count) {
            return new Rate(Duration.ofSeconds(1).dividedBy(count), count);
        }
    }

    /// Creates a full bucket.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public TokenBucket(Rate rate, LongSupplier nanoTime) {
        this.everyNanos = rate.every().toNanos();
        this.burst = rate.burst();
        this.nanoTime = nanoTime;
        this.fullAt = nanoTime.getAsLong();
    }

    /// Takes a token; returns false if the bucket is empty.
    public boolean tryTake() {
        return reserve(Duration.ZERO).isPresent();
    }

    /// Takes a token if at least half of the bucket is left; otherwise returns false.
    public synchronized boolean tryTakeSpare() {
        long now = nanoTime.getAsLong();
        long spent = spent(now);
        if (spent > everyNanos * burst / 2) {
            return false;
        }
        fullAt = now + spent + everyNanos;
        return true;
    }

    /// Takes the next token, and returns how long to wait before it may be used. Takes none if the wait
    /// would be longer than the limit. Tokens are given first come, first served.
    public synchronized Optional<Duration> reserve(Duration longestWait) {
        long now = nanoTime.getAsLong();
        Duration wait = untilNext(now);
        if (wait.compareTo(longestWait) > 0) {
            return Optional.empty();
        }
        fullAt = now + spent(now) + everyNanos;
        return Optional.of(wait);
    }

    /// How long until the bucket has a token; zero if it has one.
    public synchronized Duration untilNext() {
        return untilNext(nanoTime.getAsLong());
    }

    /// Whether no token is taken, so that the bucket is equal to a new one.
    public synchronized boolean isFull() {
        return spent(nanoTime.getAsLong()) == 0;
    }

    /// Changes the interval from now on. Waits that earlier tokens have caused stay as they are.
    public synchronized void setInterval(Duration every) {
        everyNanos = every.toNanos();
    }

    private Duration untilNext(long now) {
        return Duration.ofNanos(Math.max(0, spent(now) - everyNanos * (burst - 1L)));
    }

    private long spent(long now) {
        return Math.max(0, fullAt - now);
    }
}
