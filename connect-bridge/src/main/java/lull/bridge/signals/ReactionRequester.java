package lull.bridge.signals;

import lull.contract.chat.SentPart;

/// Port by which a message that has arrived is acknowledged with a reaction.
@FunctionalInterface
interface ReactionRequester {

    /// Requests the reaction to a part that Amazon Connect has accepted.
    void ask(SentPart part);
}
