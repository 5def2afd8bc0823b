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
    private final RecentCustomers recent;

    /// @param recent customers of applications, who may have no chat
    public KnownConversations(ChatBook book, RecentCustomers recent) {
        this.book = book;
        this.recent = recent;
    }

    /// Returns the reply in its customer's conversation, with the customer's present address; empty if
    /// it is in that conversation already, or if neither a chat nor a turn shows another.
    Optional<Reply> elsewhere(Reply reply) {
        ConversationKey named = reply.conversation();
        if (reply.origin() instanceof ReplyOrigin.Chat || named.isGroup()) {
            return Optional.empty();
        }
        Optional<Chat> chat = book.lastHeard(named, reply.customer(), reply.requestedAt());
        Optional<RecentCustomers.Heard> turn = recent.find(named, reply.customer())
                .filter(heard -> chat.isEmpty() || heard.at().isAfter(chat.get().heardAt()));
        return turn.isPresent()
                ? turn.filter(heard -> !heard.conversation().equals(named)).map(heard -> in(heard, reply))
                : chat.filter(known -> !known.conversation().equals(named)).map(known -> in(known, reply));
    }

    /// Returns a reply's customer with the address that WhatsApp accepts now, as it may have changed
    /// since the reply was written.
    Customer addressOf(Reply reply) {
        return reply.conversation().isGroup()
                ? reply.customer()
                : book.aliases().now(reply.customer(), reply.requestedAt());
    }

    private Reply in(RecentCustomers.Heard turn, Reply reply) {
        return reply.in(turn.conversation(), book.aliases().now(turn.customer(), turn.at()));
    }

    private Reply in(Chat chat, Reply reply) {
        return reply.in(chat.conversation(), book.addressOf(chat));
    }
}
