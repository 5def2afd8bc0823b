package lull.connect;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// [ParticipantPort] of several AWS Regions: each call goes to the Region that issued its
/// [RegionalToken]. A token of a Region that is no longer configured is [ConnectError.AccessDenied].
final class RegionalParticipant implements ParticipantPort {

    private final String usual;
    private final Map<String, ParticipantPort> byRegion;

    /// @param usual the Region of tokens that name none
    public RegionalParticipant(String usual, Map<String, ? extends ParticipantPort> byRegion) {
        this.usual = usual;
        this.byRegion = Map.copyOf(byRegion);
    }

    @Override
    public Answer<Connection> connect(String participantToken, boolean start) {
        RegionalToken participant = RegionalToken.of(participantToken, usual);
        ParticipantPort there = byRegion.get(participant.region());
        if (there == null) {
            return denied();
        }
        return switch (there.connect(participant.token(), start)) {
            case Answer.Ok<Connection>(Connection connection) ->
                new Answer.Ok<>(new Connection(
                        new RegionalToken(participant.region(), connection.token()).text(usual),
                        connection.expiresAt()));
            case Answer.Failed<Connection> failed -> failed;
        };
    }

    @Override
    public Answer<Accepted> sendText(String connectionToken, String text, String clientToken) {
        return with(connectionToken, (there, token) -> there.sendText(token, text, clientToken));
    }

    @Override
    public Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken) {
        return with(connectionToken, (there, token) -> there.startUpload(token, file, clientToken));
    }

    /// The address contains its destination, so the client of any Region can upload.
    @Override
    public Answer<String> upload(Upload upload, Path file) throws InterruptedException {
        return Objects.requireNonNull(byRegion.get(usual)).upload(upload, file);
    }

    @Override
    public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
        return with(connectionToken, (there, token) -> there.completeUpload(token, attachmentId, clientToken));
    }

    @Override
    public Answer<String> sendEvent(String connectionToken, Happening happening, @Nullable String about) {
        return with(connectionToken, (there, token) -> there.sendEvent(token, happening, about));
    }

    @Override
    public Answer<String> disconnect(String connectionToken, String clientToken) {
        return with(connectionToken, (there, token) -> there.disconnect(token, clientToken));
    }

    @Override
    public Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next) {
        return with(connectionToken, (there, token) -> there.transcript(token, since, next));
    }

    @Override
    public Answer<Page> latest(String connectionToken) {
        return with(connectionToken, ParticipantPort::latest);
    }

    @Override
    public Answer<URI> attachment(String connectionToken, String attachmentId) {
        return with(connectionToken, (there, token) -> there.attachment(token, attachmentId));
    }

    private interface Call<T> {
        Answer<T> make(ParticipantPort there, String token);
    }

    private <T> Answer<T> with(String text, Call<T> call) {
        RegionalToken token = RegionalToken.of(text, usual);
        ParticipantPort there = byRegion.get(token.region());
        return there == null ? denied() : call.make(there, token.token());
    }

    private static <T> Answer<T> denied() {
        return new Answer.Failed<>(new ConnectError.AccessDenied());
    }
}
