package lull.connect;

import java.util.List;
import java.util.Map;
import lull.connect.Rates.Paced;

/// [ConnectPort] that applies the rate limits of Connect.
final class RateLimitedConnect implements ConnectPort {

    private final ConnectPort connect;
    private final ConnectRateLimiter limiter;

    public RateLimitedConnect(ConnectPort connect, ConnectRateLimiter limiter) {
        this.connect = connect;
        this.limiter = limiter;
    }

    @Override
    public Answer<StartedChat> startChat(ChatRequest request) {
        return limiter.queued(Paced.START_CHAT, () -> connect.startChat(request));
    }

    @Override
    public Answer<String> startStreaming(
            String instanceId, String initialContactId, String topicArn, String clientToken) {
        return limiter.queued(
                Paced.START_STREAMING,
                () -> connect.startStreaming(instanceId, initialContactId, topicArn, clientToken));
    }

    @Override
    public Answer<Contact> describe(String instanceId, String contactId) {
        return limiter.queued(Paced.DESCRIBE, () -> connect.describe(instanceId, contactId));
    }

    @Override
    public Answer<String> setTimers(String instanceId, String contactId, List<ParticipantTimer> timers) {
        return limiter.queued(Paced.SET_TIMERS, () -> connect.setTimers(instanceId, contactId, timers));
    }

    @Override
    public Answer<String> updateAttributes(String instanceId, String initialContactId, Map<String, String> attributes) {
        return limiter.queued(
                Paced.UPDATE_ATTRIBUTES, () -> connect.updateAttributes(instanceId, initialContactId, attributes));
    }
}
