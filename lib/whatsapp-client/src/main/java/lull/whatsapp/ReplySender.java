package lull.whatsapp;

import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.ReplyContent;
import org.jspecify.annotations.Nullable;

/// WhatsApp, as far as replies need it.
public interface ReplySender {

    /// Sends a part of a reply; blocks for at most the configured timeouts and never retries.
    Delivery send(ReplyPart part) throws InterruptedException;

    /// Builds the request for a part, and sends nothing. What cannot be built throws here, where WhatsApp cannot have
    /// it.
    default Call prepare(ReplyPart part) {
        return () -> send(part);
    }

    /// A request that is ready to be sent.
    @FunctionalInterface
    interface Call {
        Delivery send() throws InterruptedException;
    }

    /// What is one message on WhatsApp: a reply, or a part of a long text.
    ///
    /// @param quotedMessageId WhatsApp's id of the message that it is shown as an answer to
    /// @param callback comes back with every status of the message
    record ReplyPart(
            Customer customer,
            ReplyContent content,
            @Nullable String quotedMessageId,
            CallbackData callback) {

        public ConversationKey conversation() {
            return callback.conversation();
        }

        /// The same with something else in its place.
        public ReplyPart with(ReplyContent other) {
            return new ReplyPart(customer, other, quotedMessageId(), callback);
        }

        @Override
        public String toString() {
            return "ReplyPart[" + content + " to " + conversation().masked() + "]";
        }
    }

    /// What a call that sends a part resulted in.
    sealed interface Delivery permits Delivery.Accepted, WhatsAppError {

        /// Accepted under WhatsApp's own id of the message. Statuses report whether it arrives.
        record Accepted(String messageId) implements Delivery {}
    }
}
