package lull.contract.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;
import java.util.Optional;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Timestamps;
import org.jspecify.annotations.Nullable;

/// Message of a customer: an envelope around WhatsApp's own message, which is kept as it arrived. The
/// typed content is read from it on demand, so that a new type of message needs no migration of the
/// records on the topics.
///
/// @param id WhatsApp's id (wamid); a digest of the raw message if WhatsApp gave none
/// @param receivedAt when the ingress received it, by the ingress's clock
/// @param source the way and the app by which it arrived
/// @param contact the entry of WhatsApp's `contacts` that belongs to the sender, unchanged
/// @param raw WhatsApp's message object, unchanged; for a call an object of the type `call`, which
///     holds WhatsApp's
@JsonSerialize(using = MessageSerializer.class)
public record Message(
        String id,
        ConversationKey conversation,
        Instant receivedAt,
        Source source,
        Business business,
        Customer customer,
        @Nullable JsonNode contact,
        JsonNode raw)
        implements InputRecord {

    public Message {
        requireNonNull(id, "id");
        requireNonNull(conversation, "conversation");
        requireNonNull(receivedAt, "receivedAt");
        requireNonNull(source, "source");
        requireNonNull(business, "business");
        requireNonNull(customer, "customer");
        requireNonNull(raw, "raw");
    }

    /// Returns the typed content; never fails, because unknown content is [Content.Unknown].
    @JsonIgnore
    public Content content() {
        return ContentParser.parse(raw);
    }

    /// Returns what it refers to: the message it answers, that it was forwarded, the product it asks
    /// about.
    @JsonIgnore
    public Optional<MessageContext> context() {
        return MessageContext.of(raw);
    }

    /// Returns the advertisement that led the customer here.
    @JsonIgnore
    public Optional<Referral> referral() {
        return Referral.of(raw);
    }

    /// Returns the state of the customer's identity, if WhatsApp checks it.
    @JsonIgnore
    public Optional<Identity> identity() {
        return Identity.of(raw);
    }

    /// Returns the group in which it was written; empty for a message to the business number alone.
    @JsonIgnore
    public Optional<String> groupId() {
        return Fields.text(raw, "group_id");
    }

    /// Returns when the customer sent it, by WhatsApp's clock in whole seconds; the receive time if
    /// WhatsApp's time is unreadable.
    @JsonIgnore
    public Instant sentAt() {
        return sentAt(raw, receivedAt);
    }

    /// Returns the [#sentAt()] of a raw message, or the given time if its time is unreadable.
    public static Instant sentAt(JsonNode raw, Instant otherwise) {
        return Timestamps.ofEpochSecond(raw.path("timestamp").asText()).orElse(otherwise);
    }

    @Override
    public String toString() {
        return "Message[" + id + " of " + conversation.masked() + "]";
    }
}
