package lull.bridge.inbound;

/// Outcome of a turn in the flow from turns to chats.
enum TurnOutcome {
    /// Connect has accepted all of it.
    DELIVERED,
    /// It may not open a chat, and none is open.
    NO_OPEN_CHAT,
    /// The chat that it opened was ended by its flow before all of the turn was in it.
    ENDED_BY_FLOW,
    /// It had been delivered before.
    REPEATED,
    /// All of it is of kinds that the agent is not shown.
    HIDDEN,
    /// Its handling failed unexpectedly too often; a dead letter.
    GIVEN_UP
}
