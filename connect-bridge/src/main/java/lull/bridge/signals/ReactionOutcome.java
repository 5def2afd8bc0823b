package lull.bridge.signals;

/// How the acknowledgement of a turn left.
enum ReactionOutcome {
    /// It is a reply now.
    REQUESTED,
    NOT_WANTED,
    /// The chat is not known any more.
    NO_CHAT
}
