package lull.contract.reply;

import java.time.Instant;
import lull.contract.ConversationKey;
import lull.contract.Customer;

/// Something to send to a customer on WhatsApp.
///
/// @param id unique over all replies: Connect's message id for an agent's reply, so that what is seen twice is
///     one reply
/// @param customer whom to send it to; the conversation says from which business number
public record Reply(
        String id,
        ConversationKey conversation,
        Customer customer,
        ReplyOrigin origin,
        ReplyContent content,
        Instant requestedAt) {

    @Override
    public String toString() {
        return "Reply[" + id + " to " + conversation.masked() + "]";
    }
}
