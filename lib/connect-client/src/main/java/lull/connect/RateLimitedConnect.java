package lull.connect;

import java.nio.file.Path;
import lull.connect.Rates.Paced;

/// [ConnectPort] within the rate limits of Connect.
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
    public Answer<Connection> connect(String participantToken, boolean start) {
        return limiter.queued(Paced.CONNECT, () -> connect.connect(participantToken, start));
    }

    @Override
    public Answer<Accepted> sendText(String connectionToken, String text, String clientToken) {
        return limiter.queued(Paced.SEND_MESSAGE, () -> connect.sendText(connectionToken, text, clientToken));
    }

    @Override
    public Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken) {
        return limiter.queued(Paced.START_UPLOAD, () -> connect.startUpload(connectionToken, file, clientToken));
    }

    /// Goes to Amazon S3, which has no rate limit that matters here.
    @Override
    public Answer<String> upload(Upload upload, Path file) throws InterruptedException {
        return connect.upload(upload, file);
    }

    @Override
    public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
        return limiter.queued(
                Paced.COMPLETE_UPLOAD, () -> connect.completeUpload(connectionToken, attachmentId, clientToken));
    }
}
