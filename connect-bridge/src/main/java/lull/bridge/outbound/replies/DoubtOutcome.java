package lull.bridge.outbound.replies;

/// Outcome of a doubt about a part of a reply.
enum DoubtOutcome {
    /// WhatsApp has reported of the part.
    REPORTED,
    /// It was sent once more.
    SENT_AGAIN,
    /// It was not sent again.
    TOLD
}
