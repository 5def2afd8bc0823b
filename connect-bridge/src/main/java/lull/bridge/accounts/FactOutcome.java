package lull.bridge.accounts;

/// Outcome for a fact of an event.
enum FactOutcome {
    RECORDED,
    /// It is recorded already.
    KNOWN,
    /// A later fact is recorded.
    OUTDATED
}
