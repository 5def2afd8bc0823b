package lull.bridge.outbound.events;

/// Outcome of an SNS notification at the port or queue by which it arrived.
enum NotificationOutcome {
    ACCEPTED,
    CONFIRMED,
    UNSUBSCRIBED,
    REJECTED,
    UNREADABLE,
    TOO_LARGE,
    ENCODED,
    BROKEN,
    SLOW,
    OVERLOADED,
    UNAVAILABLE
}
