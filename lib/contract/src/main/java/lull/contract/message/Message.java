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

/// One thing that a customer sent: an envelope around WhatsApp's own message, which travels on as it came. The
/// typed content is read from it on demand, so that a new type of message needs no migration of what lies on the
/// topics.
///
/// @param id WhatsApp's id (wamid); a digest of the raw message where WhatsApp gave none
/// @param receivedAt when the ingress received it, by the ingress's clock
/// @param source by which door and app it came
/// @param contact the entry of WhatsApp's `contacts` that belongs to the sender, untouched
/// @param raw WhatsApp's message object, untouched; of a call an object of the type `call`, which holds WhatsApp's
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

    /// The typed content; never fails, as what it does not know is [Content.Unknown].
    @JsonIgnore
    public Content content() {
        return ContentParser.parse(raw);
    }

    /// What it refers to: the message it answers, that it was forwarded, the product it asks about.
    @JsonIgnore
    public Optional<MessageContext> context() {
        return MessageContext.of(raw);
    }

    /// The advertisement that led the customer here.
    @JsonIgnore
    public Optional<Referral> referral() {
        return Referral.of(raw);
    }

    /// The state of the customer's identity, where WhatsApp checks it.
    @JsonIgnore
    public Optional<Identity> identity() {
        return Identity.of(raw);
    }

    /// The group it was written in; empty for a message to the business number alone.
    @JsonIgnore
    public Optional<String> groupId() {
        return Fields.text(raw, "group_id");
    }

    /// When the customer sent it, by WhatsApp's clock in whole seconds; the receive time where WhatsApp's is not
    /// readable.
    @JsonIgnore
    public Instant sentAt() {
        return sentAt(raw, receivedAt);
    }

    /// [#sentAt()] of a raw message, with what to take where its time is not readable.
    public static Instant sentAt(JsonNode raw, Instant otherwise) {
        return Timestamps.ofEpochSecond(raw.path("timestamp").asText()).orElse(otherwise);
    }

    @Override
    public String toString() {
        return "Message[" + id + " of " + conversation.masked() + "]";
    }
}
