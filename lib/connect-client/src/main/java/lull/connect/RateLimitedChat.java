package lull.connect;

import java.net.URI;
import java.time.Instant;
import lull.connect.Rates.Paced;
import org.jspecify.annotations.Nullable;

/// Chats at the pace that Connect's quotas allow, which turns share. Receipts and typing give way: where somebody would
/// have to wait for them the answer is [ConnectError.Paced].
final class RateLimitedChat implements ChatPort {

    private final ChatPort chat;
    private final Paces paces;

    public RateLimitedChat(ChatPort chat, Paces paces) {
        this.chat = chat;
        this.paces = paces;
    }

    @Override
    public Answer<String> connect(String participantToken) {
        return paces.inLine(Paced.CONNECT, () -> chat.connect(participantToken));
    }

    @Override
    public Answer<String> say(String connectionToken, String text, String clientToken) {
        return paces.inLine(Paced.SEND_MESSAGE, () -> chat.say(connectionToken, text, clientToken));
    }

    /// Events are taken to spend the quota of messages: Amazon's table has them in one line.
    @Override
    public Answer<String> tell(String connectionToken, Happening happening, @Nullable String about) {
        return paces.ifFree(Paced.SEND_MESSAGE, () -> chat.tell(connectionToken, happening, about));
    }

    @Override
    public Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next) {
        return paces.inLine(Paced.TRANSCRIPT, () -> chat.transcript(connectionToken, since, next));
    }

    @Override
    public Answer<Page> latest(String connectionToken) {
        return paces.inLine(Paced.TRANSCRIPT, () -> chat.latest(connectionToken));
    }

    @Override
    public Answer<URI> attachment(String connectionToken, String attachmentId) {
        return paces.inLine(Paced.ATTACHMENT, () -> chat.attachment(connectionToken, attachmentId));
    }
}
