package lull.connect;

import java.nio.file.Path;
import lull.connect.Rates.Paced;

/// [ConnectPort] within the rate limits of Connect.
final class RateLimitedConnect implements ConnectPort {

    private final ConnectPort connect;
    private final Paces paces;

    public RateLimitedConnect(ConnectPort connect, Paces paces) {
        this.connect = connect;
        this.paces = paces;
    }

    @Override
    public Answer<StartedChat> startChat(ChatRequest request) {
        return paces.inLine(Paced.START_CHAT, () -> connect.startChat(request));
    }

    @Override
    public Answer<String> startStreaming(
            String instanceId, String initialContactId, String topicArn, String clientToken) {
        return paces.inLine(
                Paced.START_STREAMING,
                () -> connect.startStreaming(instanceId, initialContactId, topicArn, clientToken));
    }

    @Override
    public Answer<Contact> describe(String instanceId, String contactId) {
        return paces.inLine(Paced.DESCRIBE, () -> connect.describe(instanceId, contactId));
    }

    @Override
    public Answer<Connection> connect(String participantToken, boolean start) {
        return paces.inLine(Paced.CONNECT, () -> connect.connect(participantToken, start));
    }

    @Override
    public Answer<Accepted> sendText(String connectionToken, String text, String clientToken) {
        return paces.inLine(Paced.SEND_MESSAGE, () -> connect.sendText(connectionToken, text, clientToken));
    }

    @Override
    public Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken) {
        return paces.inLine(Paced.START_UPLOAD, () -> connect.startUpload(connectionToken, file, clientToken));
    }

    /// Goes to Amazon S3, which has no pace that matters here.
    @Override
    public Answer<String> upload(Upload upload, Path file) throws InterruptedException {
        return connect.upload(upload, file);
    }

    @Override
    public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
        return paces.inLine(
                Paced.COMPLETE_UPLOAD, () -> connect.completeUpload(connectionToken, attachmentId, clientToken));
    }
}
