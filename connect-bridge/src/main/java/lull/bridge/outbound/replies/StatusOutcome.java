package lull.bridge.outbound.replies;

/// Outcome with which a status of WhatsApp leaves its flow.
enum StatusOutcome {
    /// The part is further than was known.
    TAKEN,
    /// It would have gone back, or was known.
    LATE,
    /// The part could not be delivered.
    FAILED,
    /// Of a message that Lull has not sent.
    FOREIGN,
    /// A word that says nothing of the way.
    UNKNOWN
}
