package lull.contract.chat;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.PhoneForms;
import lull.contract.message.Flag;
import org.jspecify.annotations.Nullable;

/// Amazon Connect chat of a conversation: the values of `connect.chat`, keyed by [#initialContactId()].
/// The topic is a cache of what Connect knows; a wrong entry is corrected when Connect rejects it.
///
///
/// @param initialContactId the contact that StartChatContact created; it stays the same over transfers,
///     unlike the current contact
/// @param openedByTurn id of the turn that opened it
/// @param openedByOffset offset of that turn in its partition: the latest of a conversation's chats is
///     the one in use
/// @param participantToken for new connection tokens; absent after the end
/// @param connectionToken for sending; absent before the connection and after the end
/// @param endedAt when it ended; absent while it is open
/// @param connectedAt when its customer was connected, which started its flow; absent before
/// @param lastMessage the customer's last message; absent in records of earlier versions
/// @param formerIds phone numbers and user ids that the customer had before, while this chat was open
/// @param newAddress the customer's new phone number, until the agent knows it; empty if WhatsApp does
///     not give it
/// @param openedWithoutText whether Connect rejected the text that was to be sent with its opening
/// @param flags those of its latest turn
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String newAddress,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, Boolean> flags) {

    @JsonCreator
    public Chat {
        formerIds = formerIds == null ? List.of() : List.copyOf(formerIds);
        flags = Flag.copyOf(flags);
        requireNonNull(initialContactId, "initialContactId");
        requireNonNull(conversation, "conversation");
        requireNonNull(customer, "customer");
        requireNonNull(openedByTurn, "openedByTurn");
        requireNonNull(openedAt, "openedAt");
    }

    /// Creates a chat whose flow has not run yet, as far as is known.
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
                null,
                new TreeMap<>());
    }

    /// Whether messages can still be sent to it, as far as is known.
    public boolean open() {
        return endedAt() == null;
    }

    /// Returns the same chat with a connection token.
    ///
    /// @param at now: the time when the customer was connected, if that was not known before
    public Chat connected(String token, Instant expiresAt, Instant at) {
        Instant before = connectedAt();
        return with(participantToken(), token, expiresAt, null, before == null ? at : before, lastMessage());
    }

    /// Returns the same chat after its end, without its tokens.
    public Chat ended(Instant at) {
        return with(null, null, null, at, connectedAt(), lastMessage());
    }

    /// Returns the same chat with its tokens in another form.
    public Chat withTokens(@Nullable String participant, @Nullable String connection) {
        return with(participant, connection, connectionExpiresAt(), endedAt(), connectedAt(), lastMessage());
    }

    /// Returns the same chat after its customer has written.
    public Chat heard(LastMessage message) {
        return with(participantToken(), connectionToken(), connectionExpiresAt(), endedAt(), connectedAt(), message);
    }

    /// Returns when its customer wrote last, as far as is known.
    public Instant heardAt() {
        LastMessage last = lastMessage();
        return last == null ? openedAt() : last.sentAt();
    }

    /// Returns the same chat after its customer has got another address, or more of the customer's ids
    /// became known.
    public Chat addressed(Customer now) {
        List<String> former = new ArrayList<>(formerIds());
        Stream.of(customer().userId(), customer().phone())
                .filter(id -> id != null && !id.equals(now.userId()) && !id.equals(now.phone()))
                .filter(id -> !former.contains(id))
                .forEach(former::add);
        boolean isOther = former.size() > formerIds().size();
        String phone = now.phone();
        return of(
                now,
                former,
                isOther && !PhoneForms.areSame(phone, customer().phone())
                        ? Objects.requireNonNullElse(phone, "")
                        : newAddress(),
                flags);
    }

    /// Returns the same chat with the flags of a later turn.
    public Chat flagged(SortedMap<String, Boolean> ofTurn) {
        return of(customer, formerIds, newAddress(), ofTurn);
    }

    /// Whether a behaviour is on for it.
    ///
    /// @param configured whether it is on where no operator has switched it
    public boolean isOn(Flag flag, boolean configured) {
        return flags.getOrDefault(flag.word(), configured);
    }

    /// Returns the same chat after its agent knows the new address.
    public Chat addressTold() {
        return of(customer, formerIds, null, flags);
    }

    /// Returns the same chat with other knowledge of its customer.
    private Chat of(
            Customer person, List<String> former, @Nullable String untold, SortedMap<String, Boolean> switched) {
        return new Chat(
                initialContactId,
                conversation,
                person,
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
                untold,
                switched);
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
                newAddress(),
                flags);
    }

    @Override
    public String toString() {
        return "Chat[" + initialContactId + " of " + conversation.masked() + (open() ? "" : ", ended") + "]";
    }
}
