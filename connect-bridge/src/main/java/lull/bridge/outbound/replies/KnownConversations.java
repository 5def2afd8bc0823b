package lull.bridge.outbound.replies;

import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOrigin;

/// The conversation that a customer has already, for replies of applications, which name the customer by whatever id
/// they know: order, rates and the care window are those of a conversation. Safe for several threads.
public final class KnownConversations {

    private final ChatBook book;

    public KnownConversations(ChatBook book) {
        this.book = book;
    }

    /// The reply in its customer's conversation, with the customer's address of now; empty if it is there
    /// already, or if no chat tells of another.
    Optional<Reply> elsewhere(Reply reply) {
        ConversationKey named = reply.conversation();
        if (reply.origin() instanceof ReplyOrigin.Chat || named.isGroup()) {
            return Optional.empty();
        }
        return book.lastHeard(named, reply.customer(), reply.requestedAt())
                .filter(chat -> !chat.conversation().equals(named))
                .map(chat -> in(chat, reply));
    }

    /// A reply's customer with the address that WhatsApp takes now, as it may have changed since the reply was written.
    Customer addressOf(Reply reply) {
        return reply.conversation().isGroup()
                ? reply.customer()
                : book.aliases().now(reply.customer(), reply.requestedAt());
    }

    private Reply in(Chat chat, Reply reply) {
        return reply.in(chat.conversation(), book.addressOf(chat));
    }
}
