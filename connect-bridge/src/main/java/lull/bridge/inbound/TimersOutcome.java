package lull.bridge.inbound;

/// Outcome of the timers of a new chat.
enum TimersOutcome {
    SET,
    /// Connect did not accept them, or was too busy; the chat goes on without them.
    REFUSED
}
