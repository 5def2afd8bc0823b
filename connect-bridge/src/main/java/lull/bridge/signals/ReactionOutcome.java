package lull.bridge.signals;

/// Outcome of the acknowledgement of a turn.
enum ReactionOutcome {
    /// It is a reply now.
    REQUESTED,
    NOT_WANTED,
    /// The chat is not known any more.
    NO_CHAT
}
