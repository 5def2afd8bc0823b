package lull.bridge.notices;

/// Outcome of a receipt for an agent.
enum ReceiptOutcome {
    SENT,
    /// It is switched off, or is not about a message of an agent.
    NOT_WANTED,
    OVER_BUDGET,
    CHAT_OVER,
    REFUSED
}
