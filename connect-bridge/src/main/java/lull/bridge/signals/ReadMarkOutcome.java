package lull.bridge.signals;

/// Outcome of a read mark for a customer.
enum ReadMarkOutcome {
    SENT,
    /// Switched off, or of nothing that WhatsApp knows.
    NOT_WANTED,
    OVER_BUDGET,
    REFUSED
}
