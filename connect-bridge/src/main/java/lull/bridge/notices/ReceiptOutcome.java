package lull.bridge.notices;

/// Outcome of a receipt for an agent.
enum ReceiptOutcome {
    SENT,
    /// Switched off, or of what no agent has said.
    NOT_WANTED,
    OVER_BUDGET,
    CHAT_OVER,
    REFUSED
}
