package lull.bridge.outbound.replies;

import lull.contract.reply.Reply;

/// Port to the care windows that are known.
@FunctionalInterface
interface CareWindowCheck {

    /// Whether the care window of a reply is known to be over.
    boolean isOver(Reply reply) throws InterruptedException;
}
