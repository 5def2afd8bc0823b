package lull.aggregator.turn;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.message.Content;
import lull.contract.message.Message;
import lull.contract.message.Source;

/// Message with the members that a turn needs.
///
/// @param receivedAt when the ingress received it, by the ingress's clock
/// @param sentAt when the customer sent it, by WhatsApp's clock in whole seconds
/// @param source the way and the app by which it arrived
/// @param raw WhatsApp's message object; it can be written, and unless [#of(Message)] created this, it
///     supports nothing else
public record ParsedMessage(
        String id,
        ConversationKey conversation,
        Instant receivedAt,
        Instant sentAt,
        Business business,
        Customer customer,
        Content content,
        Source source,
        JsonNode raw)
        implements InputEvent {

    /// Returns the WhatsApp app from which it came, as its source names it; empty if it names none.
    public String app() {
        return source.app();
    }

    static ParsedMessage of(Message message) {
        return new ParsedMessage(
                message.id(),
                message.conversation(),
                message.receivedAt(),
                message.sentAt(),
                message.business(),
                message.customer(),
                message.content(),
                message.source(),
                message.raw());
    }
}
