package lull.bridge.outbound.replies;

/// What became of a free-form reply whose care window was over.
enum CareWindowOutcome {
    /// A template took its place.
    TEMPLATE,
    /// It was not sent.
    REFUSED
}
