package lull.whatsapp;

import java.time.Duration;
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

    /// What WhatsApp answered.
    sealed interface Delivery {

        /// Accepted under WhatsApp's own id of the message; whether it arrives statuses tell.
        record Accepted(String messageId) implements Delivery {}

        /// Nobody knows whether WhatsApp has it.
        ///
        /// @param answered whether WhatsApp answered at all: with an error that leaves it open
        record Unclear(boolean answered, String reason) implements Delivery {}

        /// WhatsApp has certainly not taken it; to be sent again later.
        record Again(Duration atLeast, String reason) implements Delivery {}

        /// WhatsApp will not take it.
        record Refused(int code, String reason) implements Delivery {}

        /// Nothing in a scope will be taken until a person helps.
        record Misconfigured(ErrorScope scope, String reason) implements Delivery {}
    }
}
