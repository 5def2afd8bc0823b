package lull.bridge.notices;

/// How a receipt for an agent left.
enum ReceiptOutcome {
    SENT,
    /// Switched off, or of what no agent has said.
    NOT_WANTED,
    OVER_BUDGET,
    CHAT_OVER,
    REFUSED
}
