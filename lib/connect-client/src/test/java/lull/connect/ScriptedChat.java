package lull.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;

/// A chat in memory that answers as it is told and writes down what it heard.
public final class ScriptedChat implements ParticipantPort {

    private final List<String> said = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<JsonNode> transcript = new ArrayList<>();
    private URI files = URI.create("http://localhost/");
    private int status = 200;
    private int looks;

    /// Every call is answered with an error of this HTTP status.
    public void failsWith(int other) {
        status = other;
    }

    /// Files are fetched from here.
    public void filesAt(URI address) {
        files = address;
    }

    /// Calls are answered again.
    public void works() {
        status = 200;
    }

    /// The texts that were said.
    public List<String> said() {
        return List.copyOf(said);
    }

    /// What was told: the happening, and what it was about.
    public List<String> told() {
        return List.copyOf(told);
    }

    /// Something was said that the transcript has, in the form of Connect, with single quotes.
    public void has(String item) {
        try {
            transcript.add(Json.tree(item.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    /// How often the transcript was looked at, by pages.
    public int looks() {
        return looks;
    }

    /// The tokens that calls were made with.
    public List<String> tokens() {
        return List.copyOf(tokens);
    }

    @Override
    public Answer<Connection> connect(String participantToken, boolean start) {
        return answer(participantToken, () -> new Connection("fresh", Instant.MAX));
    }

    @Override
    public Answer<Accepted> sendText(String connectionToken, String text, String clientToken) {
        return answer(connectionToken, () -> {
            said.add(text);
            return new Accepted("m" + said.size(), Instant.EPOCH);
        });
    }

    @Override
    public Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken) {
        throw new UnsupportedOperationException("Files are for FakeConnect");
    }

    @Override
    public Answer<String> upload(Upload upload, Path file) {
        throw new UnsupportedOperationException("Files are for FakeConnect");
    }

    @Override
    public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
        throw new UnsupportedOperationException("Files are for FakeConnect");
    }

    @Override
    public Answer<String> sendEvent(String connectionToken, Happening happening, @Nullable String about) {
        return answer(connectionToken, () -> {
            told.add(happening + " " + about);
            return "e" + told.size();
        });
    }

    @Override
    public Answer<String> disconnect(String connectionToken, String clientToken) {
        return answer(connectionToken, () -> {
            told.add("LEFT " + clientToken);
            return clientToken;
        });
    }

    @Override
    public Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next) {
        looks++;
        // Pages of two, so that there are several.
        int from = next == null ? 0 : Integer.parseInt(next);
        int to = Math.min(from + 2, transcript.size());
        return answer(
                connectionToken,
                () -> new Page(
                        transcript.subList(from, to),
                        to < transcript.size() ? Optional.of(Integer.toString(to)) : Optional.empty()));
    }

    @Override
    public Answer<Page> latest(String connectionToken) {
        return answer(connectionToken, () -> new Page(transcript.reversed(), Optional.empty()));
    }

    @Override
    public Answer<URI> attachment(String connectionToken, String attachmentId) {
        return answer(connectionToken, () -> files.resolve(attachmentId));
    }

    private <T> Answer<T> answer(String token, Supplier<T> value) {
        tokens.add(token);
        if (token.equals("old")) {
            return new Answer.Failed<>(new ConnectError.AccessDenied());
        }
        return switch (status) {
            case 200 -> new Answer.Ok<>(value.get());
            case 403 -> new Answer.Failed<>(new ConnectError.AccessDenied());
            case 429 -> new Answer.Failed<>(new ConnectError.Throttled("429"));
            default -> new Answer.Failed<>(new ConnectError.Invalid(Integer.toString(status)));
        };
    }
}
