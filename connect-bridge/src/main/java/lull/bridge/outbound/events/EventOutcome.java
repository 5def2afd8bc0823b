package lull.bridge.outbound.events;

/// Outcome with which an event leaves the flow from chats to replies.
enum EventOutcome {
    /// It became a reply.
    REPLY,
    /// It ended its chat.
    CHAT_ENDED,
    /// The customer's own.
    OWN,
    /// For agents only.
    AGENTS_ONLY,
    /// Seen before.
    REPEATED,
    /// Of a chat that this installation has not opened.
    FOREIGN,
    /// Somebody types.
    TYPING,
    /// Of a kind that customers are not shown. If somebody said it, the agent was told.
    NOT_SHOWN,
    /// It says nothing.
    EMPTY,
    /// A file that cannot be carried to WhatsApp; a dead letter.
    FILE_REFUSED,
    /// Nothing proves that the customer may see it; the agent was told.
    NOT_CONFIRMED,
    /// It is older than replies are remembered, so it may be a replay; the agent was told.
    TOO_OLD,
    /// Its handling failed unexpectedly too often; a dead letter.
    GIVEN_UP,
    /// It asked for a look at the transcript.
    LOOKED_BACK,
    /// The transcript could not be looked at before it.
    NOT_LOOKED_BACK
}
