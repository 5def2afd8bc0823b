package lull.bridge.notices;

/// Outcome of a dead letter for the agent of its chat.
enum DeadLetterOutcome {
    /// The agent reads a note, unless notes are switched off or there are too many.
    NOTED,
    /// The agent knows already: a note or a placeholder was sent when the record became a dead letter.
    KNOWN,
    /// Its conversation has no open chat, or it does not say its conversation.
    NO_CHAT,
    /// It is too old to be of use to the agent.
    OLD,
    /// Connect failed too often.
    GIVEN_UP
}
