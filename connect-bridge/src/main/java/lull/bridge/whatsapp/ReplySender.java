package lull.bridge.whatsapp;

import java.time.Duration;
import lull.contract.ConversationKey;
import lull.contract.Customer;

/// WhatsApp, as far as replies need it.
interface ReplySender {

    /// Sends a text; blocks for at most the configured timeouts and never retries.
    Delivery send(OutgoingText text) throws InterruptedException;

    /// A text for a customer.
    ///
    /// @param callbackData comes back with every status of the message; at most 512 characters
    record OutgoingText(ConversationKey conversation, Customer customer, String body, String callbackData) {
        @Override
        public String toString() {
            return "OutgoingText[" + conversation.masked() + "]";
        }
    }

    /// What WhatsApp answered.
    sealed interface Delivery {

        /// Accepted under WhatsApp's own id of the message; whether it arrives statuses tell.
        record Accepted(String messageId) implements Delivery {}

        /// To be sent again later.
        record Again(Duration atLeast, String reason) implements Delivery {}

        /// WhatsApp will not take it.
        record Refused(int code, String reason) implements Delivery {}

        /// Nothing will be taken until a person helps.
        record Misconfigured(String reason) implements Delivery {}
    }
}
