package lull.standins.sns;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// A message that was published to a topic, the same for all its subscriptions.
public record Notification(
        String messageId, String topicArn, String message, Instant at, Map<String, String> attributes) {

    /// The same, published when a second began: its timestamp ends with `.000Z`, over which a receiver stumbles that
    /// writes times anew before it checks the signature.
    Notification atFullSecond() {
        return new Notification(messageId, topicArn, message, at.truncatedTo(ChronoUnit.SECONDS), attributes);
    }
}
