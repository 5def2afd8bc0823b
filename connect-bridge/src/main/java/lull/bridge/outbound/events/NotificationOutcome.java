package lull.bridge.outbound.events;

/// How an SNS notification leaves the door that it came by.
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
