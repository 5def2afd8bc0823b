package lull.contract.reply;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.KeptFile;
import lull.contract.trace.TraceParent;
import lull.contract.trace.Traced;
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
/// @param file the file of its content, if it is kept; absent: none
/// @param trace the span of the event or request that caused it, if its process traces
/// @param begins what the agent should know who gets the customer's answer, of a template that begins a
///     conversation; absent for all others
/// @param texts the texts of a chat that its content joins, one in each line; empty if it is one text,
///     or anything else
public record Reply(
        String id,
        ConversationKey conversation,
        Customer customer,
        ReplyOrigin origin,
        ReplyContent content,
        Instant requestedAt,
        @Nullable String quotedMessageId,
        @Nullable Instant expiresAt,
        @Nullable KeptFile file,
        @Nullable TraceParent trace,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Beginning begins,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<JoinedText> texts)
        implements Traced {

    @JsonCreator
    public Reply {
        requireNonNull(id, "id");
        requireNonNull(conversation, "conversation");
        requireNonNull(customer, "customer");
        requireNonNull(origin, "origin");
        requireNonNull(content, "content");
        requireNonNull(requestedAt, "requestedAt");
        texts = texts == null ? List.of() : List.copyOf(texts);
    }

    /// Creates a reply that is not traced.
    public Reply(
            String id,
            ConversationKey conversation,
            Customer customer,
            ReplyOrigin origin,
            ReplyContent content,
            Instant requestedAt,
            @Nullable String quotedMessageId,
            @Nullable Instant expiresAt,
            @Nullable KeptFile file) {
        this(
                id,
                conversation,
                customer,
                origin,
                content,
                requestedAt,
                quotedMessageId,
                expiresAt,
                file,
                null,
                null,
                List.of());
    }

    /// Creates a reply without a kept file.
    public Reply(
            String id,
            ConversationKey conversation,
            Customer customer,
            ReplyOrigin origin,
            ReplyContent content,
            Instant requestedAt,
            @Nullable String quotedMessageId,
            @Nullable Instant expiresAt) {
        this(
                id,
                conversation,
                customer,
                origin,
                content,
                requestedAt,
                quotedMessageId,
                expiresAt,
                null,
                null,
                null,
                List.of());
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
        this(
                id,
                conversation,
                customer,
                origin,
                content,
                requestedAt,
                quotedMessageId,
                null,
                null,
                null,
                null,
                List.of());
    }

    /// Creates a reply that quotes nothing.
    public Reply(
            String id,
            ConversationKey conversation,
            Customer customer,
            ReplyOrigin origin,
            ReplyContent content,
            Instant requestedAt) {
        this(id, conversation, customer, origin, content, requestedAt, null, null, null, null, null, List.of());
    }

    /// Returns the same reply in another conversation, with the customer as known there.
    public Reply in(ConversationKey other, Customer there) {
        return copy(other, there, content, file(), trace(), begins(), texts);
    }

    /// Returns the same reply with other content.
    public Reply with(ReplyContent other) {
        return copy(conversation, customer, other, file(), trace(), begins(), texts);
    }

    /// Returns the same reply with the file of its content in the media store.
    public Reply with(KeptFile kept) {
        return copy(conversation, customer, content, kept, trace(), begins(), texts);
    }

    /// Returns the same reply, caused by these spans; only the first of them is kept.
    public Reply causedBy(List<TraceParent> spans) {
        return copy(
                conversation, customer, content, file(), spans.isEmpty() ? null : spans.getFirst(), begins(), texts);
    }

    /// Returns the same template as the beginning of a conversation.
    public Reply beginning(Beginning context) {
        return copy(conversation, customer, content, file(), trace(), context, texts);
    }

    /// Returns the same reply as one that joins these texts.
    public Reply joining(List<JoinedText> joined) {
        return copy(
                conversation,
                customer,
                new ReplyContent.Text(JoinedText.join(joined)),
                file(),
                trace(),
                begins(),
                joined);
    }

    private Reply copy(
            ConversationKey there,
            Customer recipient,
            ReplyContent said,
            @Nullable KeptFile kept,
            @Nullable TraceParent cause,
            @Nullable Beginning context,
            List<JoinedText> joined) {
        return new Reply(
                id,
                there,
                recipient,
                origin,
                said,
                requestedAt,
                quotedMessageId(),
                expiresAt(),
                kept,
                cause,
                context,
                joined);
    }

    @Override
    public List<TraceParent> causes() {
        TraceParent trace = trace();
        return trace == null ? List.of() : List.of(trace);
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
