package lull.bridge.outbound.events;

/// Outcome with which an SNS notification leaves the port or queue that it came by.
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
