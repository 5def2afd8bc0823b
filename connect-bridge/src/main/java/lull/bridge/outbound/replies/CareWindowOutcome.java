package lull.bridge.outbound.replies;

/// Outcome for a free-form reply whose care window was over.
enum CareWindowOutcome {
    /// It was sent as a utility message without a template.
    DIRECT,
    /// WhatsApp did not accept it as a utility message; how it ended is counted besides.
    DIRECT_REFUSED,
    /// A template was sent instead.
    TEMPLATE,
    /// It was not sent.
    REFUSED
}
