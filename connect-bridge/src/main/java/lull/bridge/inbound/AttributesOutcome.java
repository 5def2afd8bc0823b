package lull.bridge.inbound;

/// Outcome of the attributes that a turn gives a chat which is open already.
enum AttributesOutcome {
    SET,
    /// Connect did not accept them, or was too busy; the chat goes on without them.
    REFUSED
}
