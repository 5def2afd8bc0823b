package lull.connect;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Amazon Connect in several AWS Regions as one. A chat is opened in the Region of its instance; its tokens are
/// [RegionalToken]s, so that whatever is called with them goes to the Region that issued them, even if the settings of
/// its business number have changed. A token of a Region that is no longer configured is [ConnectError.AccessDenied],
/// as
/// that of a chat that is over.
final class RegionalConnect implements ConnectPort {

    private final String usual;
    private final Map<String, ConnectPort> byRegion;
    private final Function<String, String> regionOf;

    /// @param usual the Region whose tokens do not name it
    /// @param byRegion must contain every Region of `regionOf`
    /// @param regionOf the Region of an instance
    public RegionalConnect(
            String usual, Map<String, ? extends ConnectPort> byRegion, Function<String, String> regionOf) {
        this.usual = usual;
        this.byRegion = Map.copyOf(byRegion);
        this.regionOf = regionOf;
    }

    @Override
    public Answer<StartedChat> startChat(ChatRequest request) {
        String region = regionOf.apply(request.instanceId());
        return switch (in(region).startChat(request)) {
            case Answer.Ok<StartedChat>(StartedChat chat) ->
                new Answer.Ok<>(new StartedChat(
                        chat.contactId(), new RegionalToken(region, chat.participantToken()).text(usual)));
            case Answer.Failed<StartedChat> failed -> failed;
        };
    }

    @Override
    public Answer<String> startStreaming(
            String instanceId, String initialContactId, String topicArn, String clientToken) {
        return in(regionOf.apply(instanceId)).startStreaming(instanceId, initialContactId, topicArn, clientToken);
    }

    @Override
    public Answer<Contact> describe(String instanceId, String contactId) {
        return in(regionOf.apply(instanceId)).describe(instanceId, contactId);
    }

    @Override
    public Answer<Connection> connect(String participantToken, boolean start) {
        RegionalToken participant = RegionalToken.of(participantToken, usual);
        ConnectPort there = byRegion.get(participant.region());
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

    /// The address says where it goes, so that any Region's client can do it.
    @Override
    public Answer<String> upload(Upload upload, Path file) throws InterruptedException {
        return in(usual).upload(upload, file);
    }

    @Override
    public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
        return with(connectionToken, (there, token) -> there.completeUpload(token, attachmentId, clientToken));
    }

    private interface Call<T> {
        Answer<T> make(ConnectPort there, String token);
    }

    private <T> Answer<T> with(String connectionToken, Call<T> call) {
        RegionalToken token = RegionalToken.of(connectionToken, usual);
        @Nullable ConnectPort there = byRegion.get(token.region());
        return there == null ? denied() : call.make(there, token.token());
    }

    private ConnectPort in(String region) {
        return Objects.requireNonNull(byRegion.get(region), region);
    }

    private static <T> Answer<T> denied() {
        return new Answer.Failed<>(new ConnectError.AccessDenied());
    }
}
