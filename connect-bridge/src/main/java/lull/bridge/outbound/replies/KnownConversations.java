package lull.bridge.outbound.replies;

import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOrigin;

/// Lookup of the conversation that a customer already has, for replies of applications, which may use
/// any id of the customer. The order of replies, the rate limits and the care window belong to a
/// conversation. Safe for several threads.
public final class KnownConversations {

    private final ChatBook book;

    public KnownConversations(ChatBook book) {
        this.book = book;
    }

    /// Returns the reply in its customer's conversation, with the customer's present address; empty if
    /// it is in that conversation already, or if no chat shows another.
    Optional<Reply> elsewhere(Reply reply) {
        ConversationKey named = reply.conversation();
        if (reply.origin() instanceof ReplyOrigin.Chat || named.isGroup()) {
            return Optional.empty();
        }
        return book.lastHeard(named, reply.customer(), reply.requestedAt())
                .filter(chat -> !chat.conversation().equals(named))
                .map(chat -> in(chat, reply));
    }

    /// Returns a reply's customer with the address that WhatsApp accepts now, as it may have changed
    /// since the reply was written.
    Customer addressOf(Reply reply) {
        return reply.conversation().isGroup()
                ? reply.customer()
                : book.aliases().now(reply.customer(), reply.requestedAt());
    }

    private Reply in(Chat chat, Reply reply) {
        return reply.in(chat.conversation(), book.addressOf(chat));
    }
}
