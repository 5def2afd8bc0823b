package lull.runtime;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// Token bucket that limits a rate. A caller takes a token before each call; a token comes back after each interval,
/// until the bucket is full. It stores one number, the time when the bucket is full again, and compares times by
/// difference only, so that any monotonic clock works. Safe for several threads.
public final class TokenBucket {

    private final LongSupplier nanoTime;

    /// Those who wait for the time of their token.
    private final Set<Place> line = new HashSet<>();

    private int burst;
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

        /// Returns one of several equal parts of it.
        public Rate part(int of) {
            return new Rate(every.multipliedBy(of), Math.max(1, burst / of));
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

    /// Does the same for a caller that will wait, and who learns of delays meanwhile.
    public synchronized Optional<Place> enter(Duration longestWait) {
        return reserve(longestWait).map(wait -> {
            Place place = new Place(nanoTime.getAsLong() + wait.toNanos(), wait.toNanos());
            line.add(place);
            return place;
        });
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

    /// Changes the rate from now on. A lower one delays those in line in proportion, and leaves the same
    /// part of the bucket; a higher one moves nobody forward and adds no token at once. So several buckets
    /// that share a rate never allow more than it while one gives a part of it to another.
    public synchronized void setRate(Rate rate) {
        long now = nanoTime.getAsLong();
        long every = rate.every().toNanos();
        double factor = (double) every / everyNanos;
        // The tokens that are left, as the time in which they come; below zero, the time until that of the last in
        // line.
        long left = everyNanos * burst - spent(now);
        boolean isSlower = factor > 1;
        if (isSlower) {
            line.forEach(place -> place.delay(now, factor));
        }
        everyNanos = every;
        burst = rate.burst();
        long kept = left < 0 == isSlower ? (long) (left * factor) : left;
        fullAt = now + everyNanos * burst - Math.min(kept, everyNanos * burst);
    }

    /// Removes the tokens that are left. Those in line keep theirs.
    public synchronized void empty() {
        long now = nanoTime.getAsLong();
        fullAt = now + Math.max(spent(now), everyNanos * burst);
    }

    /// Place in the line for tokens. Used by the thread that entered the line, which closes it.
    public final class Place implements AutoCloseable {

        private long at;
        private long wait;

        private Place(long at, long wait) {
            this.at = at;
            this.wait = wait;
        }

        /// Returns how long to wait now: at first until the time of the token, and after that wait as long
        /// as it was delayed meanwhile; zero if the token may be used.
        public Duration takeWait() {
            synchronized (TokenBucket.this) {
                long taken = wait;
                wait = 0;
                return Duration.ofNanos(taken);
            }
        }

        private void delay(long now, double factor) {
            long more = (long) (Math.max(0, at - now) * (factor - 1));
            at += more;
            wait += more;
        }

        /// Leaves the line. The token stays taken.
        @Override
        public void close() {
            synchronized (TokenBucket.this) {
                line.remove(this);
            }
        }
    }

    private Duration untilNext(long now) {
        return Duration.ofNanos(Math.max(0, spent(now) - everyNanos * (burst - 1L)));
    }

    private long spent(long now) {
        return Math.max(0, fullAt - now);
    }
}
