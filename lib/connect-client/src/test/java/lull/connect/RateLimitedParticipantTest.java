package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lull.connect.ParticipantPort.Happening;
import lull.runtime.CircuitPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RateLimitedParticipantTest {

    private final AtomicLong now = new AtomicLong();
    private final List<String> calls = new ArrayList<>();
    private final ConnectRateLimiter limiter = new ConnectRateLimiter(
            "us-east-1",
            Rates.of("SendMessage=1/2,GetTranscript=1/1,GetAttachment=1/1,CreateParticipantConnection=1/1"),
            new CircuitPolicy(0, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            now::get,
            new ConnectMetrics(new SimpleMeterRegistry()));
    private final RateLimitedParticipant participant = new RateLimitedParticipant(new Heard(), limiter);

    @Test
    void receiptsTakeWhatIsFreeAndDoNotStandInLine() {
        assertThat(read()).isInstanceOf(Answer.Ok.class);
        assertThat(participant.sendText("token", "A note", "c")).isInstanceOf(Answer.Ok.class);

        assertThat(read()).isEqualTo(new Answer.Failed<>(new ConnectError.Paced(Duration.ofSeconds(1))));
        assertThat(calls).containsExactly("send event", "send text");

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(read()).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void whatIsSaidWaitsItsTurn() {
        participant.sendText("token", "One", "c1");
        participant.sendText("token", "Two", "c2");

        assertThat(participant.sendText("token", "Three", "c3"))
                .as("a second in line")
                .isInstanceOf(Answer.Ok.class);
        assertThat(participant.sendText("token", "Four", "c4")).isInstanceOf(Answer.Failed.class);
        assertThat(calls).hasSize(3);
    }

    @Test
    void eachOperationHasItsOwnPace() {
        participant.connect("participant", false);
        participant.transcript("token", Instant.EPOCH, null);
        participant.attachment("token", "a");

        assertThat(calls).containsExactly("connect", "transcript", "attachment");
    }

    private Answer<String> read() {
        return participant.sendEvent("token", Happening.READ, "m1");
    }

    /// Takes everything.
    private final class Heard implements ParticipantPort {

        @Override
        public Answer<Connection> connect(String participantToken, boolean start) {
            return heard("connect", new Connection("token", Instant.EPOCH));
        }

        @Override
        public Answer<Accepted> sendText(String connectionToken, String text, String clientToken) {
            return heard("send text", new Accepted("m1", Instant.EPOCH));
        }

        @Override
        public Answer<String> sendEvent(String connectionToken, Happening happening, @Nullable String about) {
            return heard("send event", "e1");
        }

        @Override
        public Answer<String> disconnect(String connectionToken, String clientToken) {
            return heard("disconnect", clientToken);
        }

        @Override
        public Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next) {
            return heard("transcript", new Page(List.of(), Optional.empty()));
        }

        @Override
        public Answer<Page> latest(String connectionToken) {
            return heard("latest", new Page(List.of(), Optional.empty()));
        }

        @Override
        public Answer<URI> attachment(String connectionToken, String attachmentId) {
            return heard("attachment", URI.create("http://localhost/a"));
        }

        @Override
        public Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken) {
            return heard("start upload", new Upload("a", URI.create("http://localhost/a"), Map.of()));
        }

        @Override
        public Answer<String> upload(Upload upload, Path file) {
            return heard("upload", "a");
        }

        @Override
        public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
            return heard("complete upload", "a");
        }

        private <T> Answer<T> heard(String call, T value) {
            calls.add(call);
            return new Answer.Ok<>(value);
        }
    }
}
