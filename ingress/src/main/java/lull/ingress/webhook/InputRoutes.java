package lull.ingress.webhook;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Routes from business numbers to input topics, and so to gaps: that of the business number, or else
/// that of the app or entry point of the webhook.
public record InputRoutes(Map<String, String> byNumber, String otherwise) {

    public InputRoutes {
        byNumber = Map.copyOf(byNumber);
    }

    String topicOf(String businessNumber) {
        return byNumber.getOrDefault(businessNumber, otherwise);
    }

    /// All topics to which messages may go.
    public Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>(byNumber.values());
        topics.add(otherwise);
        return topics;
    }
}
