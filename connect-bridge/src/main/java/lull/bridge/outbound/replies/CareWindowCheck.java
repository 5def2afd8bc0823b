package lull.bridge.outbound.replies;

import lull.contract.reply.Reply;

/// Port to what is known of care windows.
@FunctionalInterface
interface CareWindowCheck {

    /// Whether the care window of a reply is known to be over.
    boolean isOver(Reply reply) throws InterruptedException;
}
