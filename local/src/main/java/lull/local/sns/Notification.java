package lull.local.sns;

import java.time.Instant;
import java.util.Map;

/// A message that was published to a topic, the same for all its subscriptions.
record Notification(String messageId, String topicArn, String message, Instant at, Map<String, String> attributes) {}
