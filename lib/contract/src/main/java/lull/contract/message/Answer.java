package lull.contract.message;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import lull.contract.ConversationKey;

/// A message of the business in a conversation, as WhatsApp's status `sent` reports it. It changes no
/// turn; its place in the log says after which messages of the customer it came. If WhatsApp reports a
/// status twice, there are two equal answers. Immutable.
///
/// @param conversation the conversation to whose customer it was sent
/// @param sentAt when it was sent, by WhatsApp's clock in whole seconds; when the ingress received the
///     status if WhatsApp's time is unreadable
public record Answer(ConversationKey conversation, Instant sentAt) implements InputRecord {

    public Answer {
        requireNonNull(conversation, "conversation");
        requireNonNull(sentAt, "sentAt");
    }

    @Override
    public String toString() {
        return "Answer[in " + conversation.masked() + "]";
    }
}
