package lull.contract.chat;

import java.time.Instant;
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
        @Nullable Instant endedAt) {

    /// Whether it may still be written to, as far as is known.
    public boolean open() {
        return endedAt() == null;
    }

    /// The same chat, connected.
    public Chat connected(String token, Instant expiresAt) {
        return new Chat(
                initialContactId,
                conversation,
                customer,
                openedByTurn,
                openedByOffset,
                openedAt,
                participantToken(),
                token,
                expiresAt,
                null);
    }

    /// The same chat after its end; its tokens are gone.
    public Chat ended(Instant at) {
        return new Chat(
                initialContactId, conversation, customer, openedByTurn, openedByOffset, openedAt, null, null, null, at);
    }

    @Override
    public String toString() {
        return "Chat[" + initialContactId + " of " + conversation.masked() + (open() ? "" : ", ended") + "]";
    }
}
