package lull.runtime.sns;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/// Result of checking a request that claims to be from SNS.
public sealed interface SnsMessage {

    /// A message of a topic, with a signature that is right.
    ///
    /// @param id SNS's id; it stays the same when SNS repeats the notification
    /// @param attributes the text attributes; they are outside the signature, so that they may only narrow what
    ///     is done
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

    /// SNS asks whether the subscription is wanted; a GET of the address says so. The address is SNS's own.
    record SubscriptionConfirmation(String topicArn, URI subscribeUrl) implements SnsMessage {
        @Override
        public String toString() {
            return "SubscriptionConfirmation[" + topicArn + "]";
        }
    }

    /// The subscription was ended.
    record UnsubscribeConfirmation(String topicArn) implements SnsMessage {}

    /// Not to be believed.
    ///
    /// @param reason in words, without anything of the message
    /// @param isCertificateMissing whether SNS has no certificate at the address that it names,
    ///     so that its signature was not checked
    record Rejected(String reason, boolean isCertificateMissing) implements SnsMessage {

        /// For another reason than its certificate.
        public Rejected(String reason) {
            this(reason, false);
        }
    }

    /// Whether to believe it could not be found out, as the certificate could not be fetched. SNS will repeat it.
    record Unavailable(String reason) implements SnsMessage {}
}
