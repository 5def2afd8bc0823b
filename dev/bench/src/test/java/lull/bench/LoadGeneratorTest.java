package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LoadGeneratorTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int CONNECTIONS = 4;
    private static final Handler READING =
            context -> context.status(HttpStatus.OK).result(context.bodyAsBytes());

    private final Requests requests = Requests.make(50, 7, Instant.parse("2026-01-02T03:04:05Z"));

    @Test
    void aClosedLoadSendsWhatTheServerTakesAndCountsEveryAnswer() throws IOException {
        LoadResult result = run(READING, port -> new Load.Closed(port, SHORT), CONNECTIONS);

        assertThat(result.flaw()).isEmpty();
        assertThat(result.accepted()).isGreaterThan(CONNECTIONS);
        assertThat(result.inTime()).isBetween(result.accepted() - CONNECTIONS, result.accepted());
        assertThat(result.failed() + result.unanswered()).isZero();
        assertThat(result.p50()).isBetween(1L, result.max());
    }

    @Test
    void anOpenLoadSendsWhatIsDueAndNoMore() throws IOException {
        LoadResult result = run(READING, port -> new Load.Open(port, SHORT, 200), CONNECTIONS);

        assertThat(result.flaw()).isEmpty();
        assertThat(result.accepted()).isEqualTo(60);
        assertThat(result.failed() + result.unanswered()).isZero();
    }

    @Test
    void theLatencyOfAnOpenLoadCountsFromWhenARequestWasDue() throws IOException {
        // The only connection is held until all 30 are due: each has waited since then, not just the first.
        AtomicInteger answers = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        Handler slowAtFirst = context -> {
            if (answers.getAndIncrement() == 0) {
                assertThat(never.await(SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
            }
            READING.handle(context);
        };

        LoadResult result = run(slowAtFirst, port -> new Load.Open(port, SHORT, 100), 1);

        assertThat(result.accepted()).isEqualTo(30);
        assertThat(result.p50()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void otherAnswersAreFailures() throws IOException {
        AtomicInteger answers = new AtomicInteger();
        Handler failingAtFirst = context -> {
            READING.handle(context);
            if (answers.getAndIncrement() < 6) {
                context.status(HttpStatus.SERVICE_UNAVAILABLE);
            }
        };

        LoadResult result = run(failingAtFirst, port -> new Load.Open(port, SHORT, 100), CONNECTIONS);

        assertThat(result.failed()).isEqualTo(6);
        assertThat(result.accepted()).isEqualTo(24);
        assertThat(result.flaw()).isEqualTo("An answer was 503");
    }

    @Test
    void aServerThatClosesConnectionsEndsTheLoadWithFailures() throws IOException {
        Handler closing = context -> {
            READING.handle(context);
            context.header("Connection", "close");
        };

        LoadResult result = run(closing, port -> new Load.Closed(port, LONG), CONNECTIONS);

        assertThat(result.failed()).isEqualTo(CONNECTIONS);
        assertThat(result.accepted()).isEqualTo(CONNECTIONS);
        assertThat(result.flaw()).isNotEmpty();
    }

    @Test
    void nobodyListeningIsAnError() throws IOException {
        int port;
        try (BaselineServer server = new BaselineServer(READING)) {
            port = server.port();
        }
        assertThatThrownBy(() -> LoadGenerator.run(new Load.Closed(port, SHORT), CONNECTIONS, requests))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theBaselineThatReadsRefusesWhatIsNotSigned() throws IOException {
        try (BaselineServer server = BaselineServer.reading("another-secret")) {
            LoadResult result = LoadGenerator.run(new Load.Open(server.port(), SHORT, 100), CONNECTIONS, requests);

            assertThat(result.failed()).isEqualTo(30);
            assertThat(result.flaw()).isEqualTo("An answer was 401");
        }
    }

    @FunctionalInterface
    private interface LoadOn {
        Load port(int port);
    }

    private LoadResult run(Handler handler, LoadOn load, int connections) throws IOException {
        try (BaselineServer server = new BaselineServer(handler)) {
            return LoadGenerator.run(load.port(server.port()), connections, requests);
        }
    }
}
