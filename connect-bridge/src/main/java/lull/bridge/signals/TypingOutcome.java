package lull.bridge.signals;

/// Outcome of an agent's typing.
enum TypingOutcome {
    SENT,
    /// It is switched off, or the customer's last message is unknown.
    NOT_WANTED,
    /// It came too late to be of use.
    LATE,
    /// WhatsApp still shows the last one.
    SHOWN_ALREADY,
    OVER_BUDGET,
    REFUSED
}
