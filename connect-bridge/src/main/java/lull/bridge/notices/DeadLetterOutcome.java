package lull.bridge.notices;

/// Outcome of a dead letter for the agent of its chat.
enum DeadLetterOutcome {
    /// The agent reads a note with its id, or, after too many notes, the number of those that were skipped.
    NOTED,
    /// The agent knows already: a note or a placeholder was sent when the record became a dead letter.
    KNOWN,
    /// Its conversation has no open chat, or it does not say its conversation.
    NO_CHAT,
    /// Nobody has written it: it is a tick, a setting or the like.
    NO_WORDS,
    /// It is too old to be of use to the agent.
    OLD,
    /// There is an open chat, but no note: they are switched off there, Connect rejects it, or failed too often.
    NOT_NOTED
}
