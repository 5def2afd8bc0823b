package lull.bridge.outbound.replies;

/// Outcome with which a reply leaves the flow to WhatsApp.
enum ReplyFlowOutcome {
    SENT,
    REFUSED,
    /// Whether WhatsApp has all of it nobody knows, and it was not sent again.
    IN_DOUBT,
    /// Sent or refused before.
    REPEATED,
    /// Written again in the conversation that its customer has under another id, which sends it.
    FORWARDED,
    /// Its handling failed unexpectedly too often; a dead letter.
    GIVEN_UP
}
