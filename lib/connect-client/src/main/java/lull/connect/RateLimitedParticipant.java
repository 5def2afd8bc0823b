package lull.connect;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import lull.connect.Rates.Paced;
import org.jspecify.annotations.Nullable;

/// [ParticipantPort] that applies the rate limits of Connect. Receipts and typing never wait: if no
/// token is left, the answer is [ConnectError.Paced].
final class RateLimitedParticipant implements ParticipantPort {

    private final ParticipantPort participant;
    private final ConnectRateLimiter limiter;

    public RateLimitedParticipant(ParticipantPort participant, ConnectRateLimiter limiter) {
        this.participant = participant;
        this.limiter = limiter;
    }

    @Override
    public Answer<Connection> connect(String participantToken, boolean start) {
        return limiter.queued(Paced.CONNECT, () -> participant.connect(participantToken, start));
    }

    @Override
    public Answer<Accepted> sendText(String connectionToken, String text, String clientToken) {
        return limiter.queued(Paced.SEND_MESSAGE, () -> participant.sendText(connectionToken, text, clientToken));
    }

    @Override
    public Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken) {
        return limiter.queued(Paced.START_UPLOAD, () -> participant.startUpload(connectionToken, file, clientToken));
    }

    /// Calls Amazon S3, which has no rate limit that matters here.
    @Override
    public Answer<String> upload(Upload upload, Path file) throws InterruptedException {
        return participant.upload(upload, file);
    }

    @Override
    public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
        return limiter.queued(
                Paced.COMPLETE_UPLOAD, () -> participant.completeUpload(connectionToken, attachmentId, clientToken));
    }

    /// Events count as messages: Amazon's table of quotas lists both in one row.
    @Override
    public Answer<String> sendEvent(String connectionToken, Happening happening, @Nullable String about) {
        return limiter.ifFree(Paced.SEND_MESSAGE, () -> participant.sendEvent(connectionToken, happening, about));
    }

    @Override
    public Answer<String> disconnect(String connectionToken, String clientToken) {
        return limiter.queued(Paced.DISCONNECT, () -> participant.disconnect(connectionToken, clientToken));
    }

    @Override
    public Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next) {
        return limiter.queued(Paced.TRANSCRIPT, () -> participant.transcript(connectionToken, since, next));
    }

    @Override
    public Answer<Page> latest(String connectionToken) {
        return limiter.queued(Paced.TRANSCRIPT, () -> participant.latest(connectionToken));
    }

    @Override
    public Answer<URI> attachment(String connectionToken, String attachmentId) {
        return limiter.queued(Paced.ATTACHMENT, () -> participant.attachment(connectionToken, attachmentId));
    }
}
