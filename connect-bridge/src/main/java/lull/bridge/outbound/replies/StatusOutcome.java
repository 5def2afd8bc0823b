package lull.bridge.outbound.replies;

/// Outcome of a status of WhatsApp in its flow.
enum StatusOutcome {
    /// The part is further than was known.
    TAKEN,
    /// It would have been a step back, or was known.
    LATE,
    /// The part could not be delivered.
    FAILED,
    /// It is of a message that Lull has not sent.
    FOREIGN,
    /// Its word is unknown.
    UNKNOWN
}
