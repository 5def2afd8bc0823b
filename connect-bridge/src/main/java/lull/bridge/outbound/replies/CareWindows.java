package lull.bridge.outbound.replies;

import java.time.InstantSource;
import java.util.function.Predicate;
import lull.bridge.chats.CatchUp;
import lull.bridge.chats.ChatBook;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOrigin;

/// Care windows in which WhatsApp accepts free-form replies, from the chats: one day after the
/// customer's last message. If a window is unknown, WhatsApp decides. WhatsApp also decides for replies
/// of applications, which may have seen a message whose turn no agent has seen yet.
public final class CareWindows implements CareWindowCheck {

    private final ChatBook book;
    private final CatchUp catchUp;
    private final Predicate<String> hasWindow;
    private final InstantSource clock;

    /// @param hasWindow whether WhatsApp closes the window of a business number
    public CareWindows(ChatBook book, CatchUp catchUp, Predicate<String> hasWindow, InstantSource clock) {
        this.book = book;
        this.catchUp = catchUp;
        this.hasWindow = hasWindow;
        this.clock = clock;
    }

    /// Whether the care window of a reply's conversation is known to be over.
    @Override
    public boolean isOver(Reply reply) throws InterruptedException {
        if (!(reply.origin() instanceof ReplyOrigin.Chat)
                || !hasWindow.test(reply.conversation().businessNumber())
                || !isOverByBook(reply)) {
            return false;
        }
        // Another bridge may just have recorded a message of the customer.
        catchUp.toPresentEnd();
        return isOverByBook(reply);
    }

    private boolean isOverByBook(Reply reply) {
        LastMessage last = book.latestOf(reply.conversation(), reply.customer(), reply.requestedAt())
                .map(Chat::lastMessage)
                .orElse(null);
        return last != null && last.isOver(clock.instant());
    }
}
