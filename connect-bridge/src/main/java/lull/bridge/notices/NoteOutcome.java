package lull.bridge.notices;

/// How a note for an agent left.
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
