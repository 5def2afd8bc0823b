package lull.ingress.webhook;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Which input topic a message goes to, and with it which gap it is waited for: that of its business number, else
/// that of the app or door by which it came.
public record InputRoutes(Map<String, String> byNumber, String otherwise) {

    public InputRoutes {
        byNumber = Map.copyOf(byNumber);
    }

    String topicOf(String businessNumber) {
        return byNumber.getOrDefault(businessNumber, otherwise);
    }

    /// All topics that messages may go to.
    public Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>(byNumber.values());
        topics.add(otherwise);
        return topics;
    }
}
