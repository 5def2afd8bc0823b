package lull.bridge.notices;

/// Outcome of a note for an agent.
public enum NoteOutcome {
    SENT,
    /// Too soon after another; the next one tells how many.
    MERGED,
    /// Connect fails; it is tried again.
    LATER,
    /// Connect failed too often.
    GIVEN_UP,
    CHAT_OVER,
    REFUSED,
    SWITCHED_OFF
}
