package lull.bridge.signals;

/// Outcome of an agent's typing.
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
