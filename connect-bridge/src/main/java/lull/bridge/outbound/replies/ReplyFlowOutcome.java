package lull.bridge.outbound.replies;

/// Outcome of a reply in the flow to WhatsApp.
enum ReplyFlowOutcome {
    SENT,
    REFUSED,
    /// It is unknown whether WhatsApp has all of it, and it was not sent again.
    IN_DOUBT,
    /// Sent or refused before.
    REPEATED,
    /// It was written again in the conversation that its customer has under another id; that
    /// conversation sends it.
    FORWARDED,
    /// Its handling failed unexpectedly too often; a dead letter.
    GIVEN_UP
}
