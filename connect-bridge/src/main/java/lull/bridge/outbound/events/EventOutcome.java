package lull.bridge.outbound.events;

/// Outcome of an event in the flow from chats to replies.
enum EventOutcome {
    /// It became a reply.
    REPLY,
    /// It is a text that went out with an earlier one, as one reply.
    JOINED,
    /// It ended its chat.
    CHAT_ENDED,
    /// It is the customer's own message.
    OWN,
    /// It is for agents only.
    AGENTS_ONLY,
    /// It was handled before.
    REPEATED,
    /// It is from a chat that this installation has not opened.
    FOREIGN,
    /// It reports that somebody is typing.
    TYPING,
    /// It is of a kind that customers are not shown. If it is a message, the agent was notified.
    NOT_SHOWN,
    /// It has no content.
    EMPTY,
    /// Its file cannot be carried to WhatsApp; a dead letter.
    FILE_REFUSED,
    /// Nothing proves that the customer may see it; the agent was notified.
    NOT_CONFIRMED,
    /// It is older than the time for which replies are remembered, so it may be a replay; the agent was
    /// notified.
    TOO_OLD,
    /// Its handling failed unexpectedly too often; a dead letter.
    GIVEN_UP,
    /// It requested a check of the transcript.
    LOOKED_BACK,
    /// The transcript could not be checked before it.
    NOT_LOOKED_BACK
}
