package lull.bridge.notices;

/// Outcome of a note for an agent.
public enum NoteOutcome {
    SENT,
    /// It came too soon after another; the next note contains the number of skipped ones.
    MERGED,
    /// Connect fails; it is retried.
    LATER,
    /// Connect failed too often.
    GIVEN_UP,
    CHAT_OVER,
    REFUSED,
    SWITCHED_OFF
}
