package lull.bridge.signals;

import lull.contract.chat.SentPart;

/// Port that acknowledges a delivered message with a reaction.
@FunctionalInterface
interface ReactionRequester {

    /// Requests the reaction to a part that Amazon Connect has accepted.
    void ask(SentPart part);
}
