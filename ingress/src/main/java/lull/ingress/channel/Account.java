package lull.ingress.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import lull.contract.Business;
import lull.contract.Channel;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Timestamps;
import lull.contract.message.Message;
import lull.contract.message.Source;

/// Account of the business in a channel, which gives a message everything that is not its content. Pure.
record Account(Channel channel) {

    /// The end of the id of a customer of WhatsApp whose phone number is hidden.
    static final String HIDDEN = "@lid";

    /// The same in a conversation, in which ids have no `@`.
    static final String HIDDEN_CUSTOMER = ".lid";

    /// Where a message is from.
    ///
    /// @param ownId the channel's own id, unique in the account
    /// @param customer the customer part of the conversation
    /// @param sender who wrote it
    /// @param sentAt when it was sent
    record Envelope(String ownId, String customer, Customer sender, Instant sentAt) {}

    /// Returns a message.
    ///
    /// @param content in the form of WhatsApp's message object, see [WhatsAppForm]
    Message message(Envelope envelope, ObjectNode content, Instant receivedAt, Source source) {
        String number = channel.businessNumber();
        ObjectNode raw = content.objectNode();
        raw.put("from", envelope.customer());
        raw.put("id", id(envelope.ownId()));
        raw.put("timestamp", Long.toString(envelope.sentAt().getEpochSecond()));
        raw.setAll(content);
        return new Message(
                id(envelope.ownId()),
                new ConversationKey(number, envelope.customer()),
                receivedAt,
                source,
                business(),
                envelope.sender(),
                null,
                raw);
    }

    Business business() {
        return new Business(channel.businessNumber(), null, null);
    }

    /// Returns the id under which Lull knows a message.
    String id(String ownId) {
        return channel.messageId(ownId);
    }

    /// Returns a time in seconds since 1970.
    static Instant seconds(String digits, Instant otherwise) {
        return Timestamps.ofEpochSecond(digits).orElse(otherwise);
    }

    /// Returns a time in milliseconds since 1970.
    static Instant millis(String digits, Instant otherwise) {
        return digits.length() > 3
                ? Optional.of(digits.substring(0, digits.length() - 3))
                        .flatMap(Timestamps::ofEpochSecond)
                        .orElse(otherwise)
                : otherwise;
    }
}
