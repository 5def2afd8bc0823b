package lull.whatsapp;

import java.util.Optional;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.ReplyContent;
import org.jspecify.annotations.Nullable;

/// Port by which replies are sent to WhatsApp.
public interface ReplySender {

    /// Sends a part of a reply; blocks for at most the configured timeouts and never retries.
    Delivery send(ReplyPart part) throws InterruptedException;

    /// Builds the request for a part, and sends nothing. Throws if the request cannot be built;
    /// WhatsApp cannot have the part then.
    default Call prepare(ReplyPart part) {
        return () -> send(part);
    }

    /// Does the same for a part whose content is a file on the disk, which stays there until the call has been made.
    default Call prepare(ReplyPart part, OutgoingFile file) {
        return () -> new WhatsAppError.Refused(WhatsAppError.NO_FILE, "Files are accepted only as links");
    }

    /// Whether WhatsApp's statuses of what a business number sends arrive. If not, it is no use to wait for
    /// them.
    default boolean reportsStatus(String businessNumber) {
        return true;
    }

    /// Whether a business number can send a text as a utility message without a template ([ReplyPart#asUtility()]).
    /// WhatsApp may still refuse it.
    default boolean sendsDirectly(String businessNumber) {
        return false;
    }

    /// A request that is ready to send.
    @FunctionalInterface
    interface Call extends AutoCloseable {
        Delivery send() throws InterruptedException;

        /// Fetches what the request needs from elsewhere, and sends nothing. Call it once, before [#send()].
        ///
        /// @return why it cannot be sent; empty if it can
        default Optional<WhatsAppError> load() throws InterruptedException {
            return Optional.empty();
        }

        /// Deletes what was loaded.
        @Override
        default void close() {}
    }

    /// One message on WhatsApp: a reply, or a part of a long text.
    ///
    /// @param quotedMessageId WhatsApp's id of the message that it is shown as an answer to
    /// @param callback returned with every status of the message
    /// @param isUtility whether it is sent as a utility message without a template (Direct Send), which WhatsApp
    ///     accepts also after the care window
    record ReplyPart(
            Customer customer,
            ReplyContent content,
            @Nullable String quotedMessageId,
            CallbackData callback,
            boolean isUtility) {

        /// Creates a part that is sent as what its content is.
        public ReplyPart(
                Customer customer, ReplyContent content, @Nullable String quotedMessageId, CallbackData callback) {
            this(customer, content, quotedMessageId, callback, false);
        }

        public ConversationKey conversation() {
            return callback.conversation();
        }

        /// Returns the same part with other content.
        public ReplyPart with(ReplyContent other) {
            return new ReplyPart(customer, other, quotedMessageId(), callback);
        }

        /// Returns the same part as a utility message, without a preview of a link.
        public ReplyPart asUtility() {
            ReplyContent plain =
                    content instanceof ReplyContent.Text text ? new ReplyContent.Text(text.body()) : content;
            return new ReplyPart(customer, plain, quotedMessageId(), callback, true);
        }

        @Override
        public String toString() {
            return "ReplyPart[" + content + " to " + conversation().masked() + "]";
        }
    }

    /// Result of a call that sends a part.
    sealed interface Delivery permits Delivery.Accepted, WhatsAppError {

        /// The result in one word, for metrics.
        String word();

        /// Accepted under WhatsApp's own id of the message. Statuses report whether it arrives.
        record Accepted(String messageId) implements Delivery {

            @Override
            public String word() {
                return "ok";
            }
        }
    }
}
