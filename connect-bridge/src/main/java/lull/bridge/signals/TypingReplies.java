package lull.bridge.signals;

import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;

/// Handler in front of that of replies, which shows the typing indicators that applications ask for. All other replies
/// pass it, and end the indicator.
public final class TypingReplies implements Handler<Reply> {

    private final Typing typing;
    private final Handler<Reply> next;

    /// @param next handles all other replies
    public TypingReplies(Typing typing, Handler<Reply> next) {
        this.typing = typing;
        this.next = next;
    }

    @Override
    public Outcome handle(Incoming<Reply> incoming, Fence fence) throws InterruptedException {
        Reply reply = incoming.value();
        if (reply.content() instanceof ReplyContent.Typing(String messageId)) {
            fence.check();
            typing.show(reply.conversation(), messageId, reply.requestedAt());
            return Outcome.DONE;
        }
        typing.ended(reply.conversation());
        return next.handle(incoming, fence);
    }

    @Override
    public void givenUp(Incoming<Reply> incoming, Fence fence) throws InterruptedException {
        next.givenUp(incoming, fence);
    }
}
