package lull.bridge.signals;

/// Outcome of the reaction to a turn.
enum ReactionOutcome {
    /// It was written as a reply.
    REQUESTED,
    NOT_WANTED,
    /// The chat is not known any more.
    NO_CHAT
}
