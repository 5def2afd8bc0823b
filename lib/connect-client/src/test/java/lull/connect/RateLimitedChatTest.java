package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lull.connect.ChatPort.Happening;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RateLimitedChatTest {

    private final AtomicLong now = new AtomicLong();
    private final List<String> calls = new ArrayList<>();
    private final ConnectRateLimiter limiter = new ConnectRateLimiter(
            "us-east-1",
            Rates.of("SendMessage=1/2,GetTranscript=1/1,GetAttachment=1/1,CreateParticipantConnection=1/1"),
            new CircuitRules(0, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            now::get,
            new ConnectMetrics(new SimpleMeterRegistry()));
    private final RateLimitedChat chat = new RateLimitedChat(new Heard(), limiter);

    @Test
    void receiptsTakeWhatIsFreeAndDoNotStandInLine() {
        assertThat(read()).isInstanceOf(Answer.Ok.class);
        assertThat(chat.say("token", "A note", "c")).isInstanceOf(Answer.Ok.class);

        assertThat(read()).isEqualTo(new Answer.Failed<>(new ConnectError.Paced(Duration.ofSeconds(1))));
        assertThat(calls).containsExactly("tell", "say");

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(read()).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void whatIsSaidWaitsItsTurn() {
        chat.say("token", "One", "c1");
        chat.say("token", "Two", "c2");

        assertThat(chat.say("token", "Three", "c3")).as("a second in line").isInstanceOf(Answer.Ok.class);
        assertThat(chat.say("token", "Four", "c4")).isInstanceOf(Answer.Failed.class);
        assertThat(calls).hasSize(3);
    }

    @Test
    void eachOperationHasItsOwnPace() {
        chat.connect("participant");
        chat.transcript("token", Instant.EPOCH, null);
        chat.attachment("token", "a");

        assertThat(calls).containsExactly("connect", "transcript", "attachment");
    }

    private Answer<String> read() {
        return chat.tell("token", Happening.READ, "m1");
    }

    /// Takes everything.
    private final class Heard implements ChatPort {

        @Override
        public Answer<String> connect(String participantToken) {
            return heard("connect", "token");
        }

        @Override
        public Answer<String> say(String connectionToken, String text, String clientToken) {
            return heard("say", "m1");
        }

        @Override
        public Answer<String> tell(String connectionToken, Happening happening, @Nullable String about) {
            return heard("tell", "e1");
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

        private <T> Answer<T> heard(String call, T value) {
            calls.add(call);
            return new Answer.Ok<>(value);
        }
    }
}
