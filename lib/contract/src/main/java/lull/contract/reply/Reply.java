package lull.contract.reply;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import org.jspecify.annotations.Nullable;

/// Something to send to a customer on WhatsApp.
///
/// @param id unique over all replies, so that what is seen twice is one reply: Connect's message id for an
///     agent's reply, `app-` and a digest for an application's
/// @param customer whom to send it to; the conversation says from which business number
/// @param quotedMessageId WhatsApp's id of the message that it is shown as an answer to; not for reactions
/// @param expiresAt after which it is not sent any more but refused; absent if it is sent whenever that is
///     possible
public record Reply(
        String id,
        ConversationKey conversation,
        Customer customer,
        ReplyOrigin origin,
        ReplyContent content,
        Instant requestedAt,
        @Nullable String quotedMessageId,
        @Nullable Instant expiresAt) {

    @JsonCreator
    public Reply {
        requireNonNull(id, "id");
        requireNonNull(conversation, "conversation");
        requireNonNull(customer, "customer");
        requireNonNull(origin, "origin");
        requireNonNull(content, "content");
        requireNonNull(requestedAt, "requestedAt");
    }

    /// A reply that does not expire.
    public Reply(
            String id,
            ConversationKey conversation,
            Customer customer,
            ReplyOrigin origin,
            ReplyContent content,
            Instant requestedAt,
            @Nullable String quotedMessageId) {
        this(id, conversation, customer, origin, content, requestedAt, quotedMessageId, null);
    }

    /// A reply that quotes nothing.
    public Reply(
            String id,
            ConversationKey conversation,
            Customer customer,
            ReplyOrigin origin,
            ReplyContent content,
            Instant requestedAt) {
        this(id, conversation, customer, origin, content, requestedAt, null, null);
    }

    /// The same reply in another conversation, to its customer as that conversation knows the customer.
    public Reply in(ConversationKey other, Customer there) {
        return new Reply(id, other, there, origin, content, requestedAt, quotedMessageId(), expiresAt());
    }

    /// Whether it is not to be sent any more.
    public boolean isExpired(Instant now) {
        Instant end = expiresAt;
        return end != null && now.isAfter(end);
    }

    @Override
    public String toString() {
        return "Reply[" + id + " to " + conversation.masked() + "]";
    }
}
