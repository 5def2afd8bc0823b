package lull.bridge.signals;

/// How a read mark for a customer left.
enum ReadMarkOutcome {
    SENT,
    /// Switched off, or of nothing that WhatsApp knows.
    NOT_WANTED,
    OVER_BUDGET,
    REFUSED
}
