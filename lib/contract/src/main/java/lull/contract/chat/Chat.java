package lull.contract.chat;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import org.jspecify.annotations.Nullable;

/// An Amazon Connect chat of a conversation: the values of `connect.chat`, keyed by [#initialContactId()]. The
/// topic is a cache of what Connect knows; a wrong entry heals when Connect refuses it.
///
/// @param initialContactId the contact that StartChatContact made; it stays over transfers, unlike the current
///     contact
/// @param openedByTurn id of the turn that opened it
/// @param openedByOffset offset of that turn in its partition: of a conversation's chats the latest is the one in
///     use
/// @param participantToken for new connection tokens; absent once ended
/// @param connectionToken for sending; absent until connected and once ended
/// @param endedAt when it ended; absent while it is open
/// @param connectedAt when its customer was connected, with which its flow began to run; absent before
/// @param lastMessage the last that the customer has written; absent in records of earlier versions
/// @param formerIds phone numbers and user ids that the customer had before, while this chat was open
/// @param newAddress the customer's new phone number, as long as the agent does not know it; empty if WhatsApp does not
///     tell it
/// @param openedWithoutText whether Connect refused the text that was to go along with its opening
public record Chat(
        String initialContactId,
        ConversationKey conversation,
        Customer customer,
        String openedByTurn,
        long openedByOffset,
        Instant openedAt,
        @Nullable String participantToken,
        @Nullable String connectionToken,
        @Nullable Instant connectionExpiresAt,
        @Nullable Instant endedAt,
        @Nullable Instant connectedAt,
        @Nullable LastMessage lastMessage,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean openedWithoutText,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> formerIds,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String newAddress) {

    @JsonCreator
    public Chat {
        formerIds = formerIds == null ? List.of() : List.copyOf(formerIds);
        requireNonNull(initialContactId, "initialContactId");
        requireNonNull(conversation, "conversation");
        requireNonNull(customer, "customer");
        requireNonNull(openedByTurn, "openedByTurn");
        requireNonNull(openedAt, "openedAt");
    }

    /// A chat whose flow has not run yet, as far as is known.
    public Chat(
            String initialContactId,
            ConversationKey conversation,
            Customer customer,
            String openedByTurn,
            long openedByOffset,
            Instant openedAt,
            @Nullable String participantToken,
            @Nullable String connectionToken,
            @Nullable Instant connectionExpiresAt,
            @Nullable Instant endedAt) {
        this(
                initialContactId,
                conversation,
                customer,
                openedByTurn,
                openedByOffset,
                openedAt,
                participantToken,
                connectionToken,
                connectionExpiresAt,
                endedAt,
                null,
                null,
                false,
                List.of(),
                null);
    }

    /// Whether it may still be written to, as far as is known.
    public boolean open() {
        return endedAt() == null;
    }

    /// The same chat with a connection token.
    ///
    /// @param at now: when the customer was connected, where that was not known before
    public Chat connected(String token, Instant expiresAt, Instant at) {
        Instant before = connectedAt();
        return with(participantToken(), token, expiresAt, null, before == null ? at : before, lastMessage());
    }

    /// The same chat after its end; its tokens are gone.
    public Chat ended(Instant at) {
        return with(null, null, null, at, connectedAt(), lastMessage());
    }

    /// The same chat with its tokens in another form.
    public Chat withTokens(@Nullable String participant, @Nullable String connection) {
        return with(participant, connection, connectionExpiresAt(), endedAt(), connectedAt(), lastMessage());
    }

    /// The same chat after its customer has written.
    public Chat heard(LastMessage message) {
        return with(participantToken(), connectionToken(), connectionExpiresAt(), endedAt(), connectedAt(), message);
    }

    /// When its customer wrote last, as far as is known.
    public Instant heardAt() {
        LastMessage last = lastMessage();
        return last == null ? openedAt() : last.sentAt();
    }

    /// The same chat after its customer has got another address, or it was heard what else the customer has.
    public Chat addressed(Customer now) {
        List<String> former = new ArrayList<>(formerIds());
        Stream.of(customer().userId(), customer().phone())
                .filter(id -> id != null && !id.equals(now.userId()) && !id.equals(now.phone()))
                .filter(id -> !former.contains(id))
                .forEach(former::add);
        boolean isOther = former.size() > formerIds().size();
        String phone = now.phone();
        return new Chat(
                initialContactId,
                conversation,
                now,
                openedByTurn,
                openedByOffset,
                openedAt,
                participantToken(),
                connectionToken(),
                connectionExpiresAt(),
                endedAt(),
                connectedAt(),
                lastMessage(),
                openedWithoutText,
                former,
                isOther && !Objects.equals(phone, customer().phone())
                        ? Objects.requireNonNullElse(phone, "")
                        : newAddress());
    }

    /// The same chat once its agent knows the new address.
    public Chat addressTold() {
        return new Chat(
                initialContactId,
                conversation,
                customer,
                openedByTurn,
                openedByOffset,
                openedAt,
                participantToken(),
                connectionToken(),
                connectionExpiresAt(),
                endedAt(),
                connectedAt(),
                lastMessage(),
                openedWithoutText,
                formerIds,
                null);
    }

    private Chat with(
            @Nullable String participant,
            @Nullable String connection,
            @Nullable Instant expiresAt,
            @Nullable Instant ended,
            @Nullable Instant connected,
            @Nullable LastMessage message) {
        return new Chat(
                initialContactId,
                conversation,
                customer,
                openedByTurn,
                openedByOffset,
                openedAt,
                participant,
                connection,
                expiresAt,
                ended,
                connected,
                message,
                openedWithoutText,
                formerIds,
                newAddress());
    }

    @Override
    public String toString() {
        return "Chat[" + initialContactId + " of " + conversation.masked() + (open() ? "" : ", ended") + "]";
    }
}
