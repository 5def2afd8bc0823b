package lull.lanes;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Exponential back-off with jitter.
///
/// @param first the maximum wait after the first attempt
/// @param most the maximum wait after any attempt
public record BackOff(Duration first, Duration most) {

    private static final int MOST_DOUBLINGS = 30;

    public BackOff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("The first back-off must be above zero and not above the maximum");
        }
    }

    /// Returns the wait after an attempt (from 0): between half of and the whole of `first` doubled
    /// `attempt` times, at most `most`, and never shorter than `atLeast`.
    public Duration after(int attempt, Duration atLeast, RandomGenerator random) {
        long factor = 1L << Math.min(attempt, MOST_DOUBLINGS);
        double longest = Math.min((double) first.toNanos() * factor, (double) most.toNanos());
        Duration wait = Duration.ofNanos((long) (longest * (0.5 + random.nextDouble() / 2)));
        return wait.compareTo(atLeast) < 0 ? atLeast : wait;
    }
}
