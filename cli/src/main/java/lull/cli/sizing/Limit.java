package lull.cli.sizing;

/// Limit of something outside Lull.
///
/// @param what is limited
/// @param needed at the peak
/// @param allowed by default, or by the size that is planned
/// @param rate messages per second at the peak at which it is reached
/// @param remedy what to do before that
record Limit(String what, double needed, double allowed, double rate, String remedy) {

    /// Returns the limit of something whose need is proportional to the traffic.
    static Limit of(String what, double needed, double allowed, double rateNow, String remedy) {
        return new Limit(
                what, needed, allowed, needed == 0 ? Double.POSITIVE_INFINITY : rateNow * allowed / needed, remedy);
    }

    /// Whether the traffic exceeds it.
    boolean isExceeded() {
        return needed > allowed;
    }
}
