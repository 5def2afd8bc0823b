package lull.connect;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chats in several AWS Regions as one: each call goes to the Region that issued its [RegionalToken]. A token of a
/// Region that is no longer configured is [ConnectError.AccessDenied].
final class RegionalChat implements ChatPort {

    private final String usual;
    private final Map<String, ChatPort> byRegion;

    /// @param usual the Region of tokens that name none
    public RegionalChat(String usual, Map<String, ? extends ChatPort> byRegion) {
        this.usual = usual;
        this.byRegion = Map.copyOf(byRegion);
    }

    @Override
    public Answer<String> connect(String participantToken) {
        RegionalToken participant = RegionalToken.of(participantToken, usual);
        return switch (with(participantToken, ChatPort::connect)) {
            case Answer.Ok<String>(String token) ->
                new Answer.Ok<>(new RegionalToken(participant.region(), token).text(usual));
            case Answer.Failed<String> failed -> failed;
        };
    }

    @Override
    public Answer<String> say(String connectionToken, String text, String clientToken) {
        return with(connectionToken, (there, token) -> there.say(token, text, clientToken));
    }

    @Override
    public Answer<String> tell(String connectionToken, Happening happening, @Nullable String about) {
        return with(connectionToken, (there, token) -> there.tell(token, happening, about));
    }

    @Override
    public Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next) {
        return with(connectionToken, (there, token) -> there.transcript(token, since, next));
    }

    @Override
    public Answer<Page> latest(String connectionToken) {
        return with(connectionToken, ChatPort::latest);
    }

    @Override
    public Answer<URI> attachment(String connectionToken, String attachmentId) {
        return with(connectionToken, (there, token) -> there.attachment(token, attachmentId));
    }

    private interface Call<T> {
        Answer<T> make(ChatPort there, String token);
    }

    private <T> Answer<T> with(String text, Call<T> call) {
        RegionalToken token = RegionalToken.of(text, usual);
        ChatPort there = byRegion.get(token.region());
        return there == null ? new Answer.Failed<>(new ConnectError.AccessDenied()) : call.make(there, token.token());
    }
}
