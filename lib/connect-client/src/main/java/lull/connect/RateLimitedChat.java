package lull.connect;

import java.net.URI;
import java.time.Instant;
import lull.connect.Rates.Paced;
import org.jspecify.annotations.Nullable;

/// [ChatPort] within the rate limits of Connect. Receipts and typing never wait: if no token is left, the answer is
/// [ConnectError.Paced].
final class RateLimitedChat implements ChatPort {

    private final ChatPort chat;
    private final ConnectRateLimiter limiter;

    public RateLimitedChat(ChatPort chat, ConnectRateLimiter limiter) {
        this.chat = chat;
        this.limiter = limiter;
    }

    @Override
    public Answer<String> connect(String participantToken) {
        return limiter.queued(Paced.CONNECT, () -> chat.connect(participantToken));
    }

    @Override
    public Answer<String> say(String connectionToken, String text, String clientToken) {
        return limiter.queued(Paced.SEND_MESSAGE, () -> chat.say(connectionToken, text, clientToken));
    }

    /// Events count as messages: the table of quotas names both in one row.
    @Override
    public Answer<String> tell(String connectionToken, Happening happening, @Nullable String about) {
        return limiter.ifFree(Paced.SEND_MESSAGE, () -> chat.tell(connectionToken, happening, about));
    }

    @Override
    public Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next) {
        return limiter.queued(Paced.TRANSCRIPT, () -> chat.transcript(connectionToken, since, next));
    }

    @Override
    public Answer<Page> latest(String connectionToken) {
        return limiter.queued(Paced.TRANSCRIPT, () -> chat.latest(connectionToken));
    }

    @Override
    public Answer<URI> attachment(String connectionToken, String attachmentId) {
        return limiter.queued(Paced.ATTACHMENT, () -> chat.attachment(connectionToken, attachmentId));
    }
}
