package lull.aggregator.gap;

/// What may follow a message.
///
/// @param logOdds of another message of the same turn
/// @param logSilence the mean logarithm of the silence before it, in seconds, if there is one
/// @param spread the standard deviation of that logarithm
record Outlook(double logOdds, double logSilence, double spread) {

    private static final double SQRT_2_PI = StrictMath.sqrt(2 * Math.PI);
    private static final double LOG_TURN = StrictMath.log(Sender.TURN_MILLIS / 1000.0);

    /// The probability of another message of the same turn.
    double probability() {
        return 1 / (1 + StrictMath.exp(-logOdds));
    }

    /// The probability that it comes later than this, if it comes at all; it comes within a minute.
    double later(double seconds) {
        return later(seconds, above(LOG_TURN));
    }

    /// @param never the probability of a silence above a minute
    private double later(double seconds, double never) {
        if (never >= 1) {
            // All come at the end of the minute.
            return StrictMath.log(seconds) < LOG_TURN ? 1 : 0;
        }
        return Math.clamp((above(StrictMath.log(seconds)) - never) / (1 - never), 0, 1);
    }

    /// Returns the wait in seconds with the smallest expected cost: a second of delay costs 1 if nothing
    /// follows, and a thought that is cut costs `cutSeconds`.
    ///
    /// The cost first grows with the wait, falls where another message is likely, and grows again: so it is
    /// smallest at the floor, or where it begins to grow again. That is where the density of the silence,
    /// which is lognormal, falls below `(1 - p) / (p * cutSeconds)`: a quadratic equation of the wait's
    /// logarithm.
    double bestWait(double cutSeconds, double floorSeconds, double capSeconds) {
        double p = probability();
        double never = above(LOG_TURN);
        double variance = spread * spread;
        // log(p * cutSeconds * density(w)) = log(1 - p), and x = log(w).
        double height = logOdds + StrictMath.log(cutSeconds) - StrictMath.log(spread * SQRT_2_PI * (1 - never));
        double discriminant = variance - 2 * logSilence + 2 * height;
        if (discriminant <= 0) {
            return floorSeconds;
        }
        double turning = StrictMath.exp(logSilence - variance + spread * StrictMath.sqrt(discriminant));
        double late = Math.clamp(turning, floorSeconds, capSeconds);
        return cost(p, cutSeconds, late, never) < cost(p, cutSeconds, floorSeconds, never) ? late : floorSeconds;
    }

    private double cost(double p, double cutSeconds, double wait, double never) {
        return (1 - p) * wait + p * cutSeconds * later(wait, never);
    }

    /// The probability that the logarithm of the silence is above this.
    private double above(double logSeconds) {
        return Normal.above((logSeconds - logSilence) / spread);
    }
}
