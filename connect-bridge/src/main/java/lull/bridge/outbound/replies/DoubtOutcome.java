package lull.bridge.outbound.replies;

/// Outcome of the doubt about a part of a reply.
enum DoubtOutcome {
    /// WhatsApp has reported the status of the part.
    REPORTED,
    /// It was sent once more.
    SENT_AGAIN,
    /// It was not sent again.
    NOT_SENT_AGAIN
}
