package lull.bridge.signals;

/// How an agent's typing left.
enum TypingOutcome {
    SENT,
    /// Switched off, or nobody knows what the customer wrote last.
    NOT_WANTED,
    /// It came too late to be of use.
    LATE,
    /// WhatsApp shows it still.
    SHOWN_ALREADY,
    OVER_BUDGET,
    REFUSED
}
