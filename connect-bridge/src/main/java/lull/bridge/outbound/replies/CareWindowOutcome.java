package lull.bridge.outbound.replies;

/// Outcome for a free-form reply whose care window was over.
enum CareWindowOutcome {
    /// A template was sent instead.
    TEMPLATE,
    /// It was not sent.
    REFUSED
}
