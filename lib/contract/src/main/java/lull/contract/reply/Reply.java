package lull.contract.reply;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import org.jspecify.annotations.Nullable;

/// Message to send to a customer on WhatsApp.
///
/// @param id unique over all replies, so that duplicates are detected: Connect's message id for an
///     agent's reply, `app-` and a digest for an application's
/// @param customer the recipient; the conversation determines the business number
/// @param quotedMessageId WhatsApp's id of the message that it is shown as an answer to; not for
///     reactions
/// @param expiresAt the time after which it is no longer sent but rejected; absent if it is sent
///     whenever that is possible
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

    /// Creates a reply that does not expire.
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

    /// Creates a reply that quotes nothing.
    public Reply(
            String id,
            ConversationKey conversation,
            Customer customer,
            ReplyOrigin origin,
            ReplyContent content,
            Instant requestedAt) {
        this(id, conversation, customer, origin, content, requestedAt, null, null);
    }

    /// Returns the same reply in another conversation, with the customer as known there.
    public Reply in(ConversationKey other, Customer there) {
        return new Reply(id, other, there, origin, content, requestedAt, quotedMessageId(), expiresAt());
    }

    /// Returns the same reply with other content.
    public Reply with(ReplyContent other) {
        return new Reply(id, conversation, customer, origin, other, requestedAt, quotedMessageId(), expiresAt());
    }

    /// Whether it must no longer be sent.
    public boolean isExpired(Instant now) {
        Instant end = expiresAt;
        return end != null && now.isAfter(end);
    }

    @Override
    public String toString() {
        return "Reply[" + id + " to " + conversation.masked() + "]";
    }
}
