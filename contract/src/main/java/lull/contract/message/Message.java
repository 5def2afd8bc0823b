package lull.contract.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;

/// One thing that a customer sent: an envelope around WhatsApp's own message, which travels on as it came. The
/// typed content is read from it on demand, so that a new type of message needs no migration of what lies on the
/// topics.
///
/// @param id WhatsApp's id (wamid); a digest of the raw message where WhatsApp gave none
/// @param receivedAt when the ingress received it, by the ingress's clock
/// @param source by which door and app it came
/// @param raw WhatsApp's message object, untouched
public record Message(
        String id,
        ConversationKey conversation,
        Instant receivedAt,
        Source source,
        Business business,
        Customer customer,
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

    /// When the customer sent it, by WhatsApp's clock in whole seconds; the receive time where WhatsApp's is not
    /// readable.
    @JsonIgnore
    public Instant sentAt() {
        return sentAt(raw, receivedAt);
    }

    /// [#sentAt()] of a raw message, with what to take where its time is not readable.
    public static Instant sentAt(JsonNode raw, Instant otherwise) {
        try {
            return Instant.ofEpochSecond(
                    Long.parseLong(raw.path("timestamp").asText().strip()));
        } catch (NumberFormatException | DateTimeException e) {
            return otherwise;
        }
    }

    @Override
    public String toString() {
        return "Message[" + id + " of " + conversation.masked() + "]";
    }
}
