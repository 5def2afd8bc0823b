package lull.bridge.signals;

/// Outcome of a read mark for a customer.
enum ReadMarkOutcome {
    SENT,
    /// It is switched off, or there is no message that WhatsApp knows.
    NOT_WANTED,
    OVER_BUDGET,
    REFUSED
}
