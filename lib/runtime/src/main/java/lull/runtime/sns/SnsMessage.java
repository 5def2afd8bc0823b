package lull.runtime.sns;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/// Result of checking a request that claims to be from SNS.
public sealed interface SnsMessage {

    /// A message of a topic, with a valid signature.
    ///
    /// @param id SNS's id; it stays the same when SNS redelivers the notification
    /// @param attributes the text attributes; they are not signed, so they may only narrow what is done
    record Notification(String id, String topicArn, String message, Instant at, Map<String, String> attributes)
            implements SnsMessage {

        public Notification {
            attributes = Map.copyOf(attributes);
        }

        @Override
        public String toString() {
            return "Notification[" + id + "]";
        }
    }

    /// SNS asks to confirm the subscription, by a GET of the address. The address is SNS's own.
    record SubscriptionConfirmation(String topicArn, URI subscribeUrl) implements SnsMessage {
        @Override
        public String toString() {
            return "SubscriptionConfirmation[" + topicArn + "]";
        }
    }

    /// The subscription was ended.
    record UnsubscribeConfirmation(String topicArn) implements SnsMessage {}

    /// The message must not be trusted.
    ///
    /// @param reason in words, without anything of the message
    /// @param isCertificateMissing whether SNS has no certificate at the address that it names, so that
    ///     its signature was not checked
    record Rejected(String reason, boolean isCertificateMissing) implements SnsMessage {

        /// Creates a rejection for another reason than a missing certificate.
        public Rejected(String reason) {
            this(reason, false);
        }
    }

    /// It is unknown whether the message can be trusted, because the certificate could not be fetched.
    /// SNS will redeliver it.
    record Unavailable(String reason) implements SnsMessage {}
}
