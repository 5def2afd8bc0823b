package lull.aggregator.stream;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ThreadFailuresTest {

    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private boolean kafkaIsUnavailable;
    private final ThreadFailures failures = new ThreadFailures(registry, "t", () -> now, () -> kafkaIsUnavailable);

    @Test
    void replacesAThreadUntilThatDoesNotHelp() {
        for (int i = 0; i < ThreadFailures.MOST; i++) {
            assertThat(failures.handle(new IllegalStateException("again"))).isEqualTo(REPLACE_THREAD);
        }

        assertThat(failures.handle(new IllegalStateException("again"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(registry.get("lull.stream.thread.failures").counter().count())
                .isEqualTo(ThreadFailures.MOST + 1);
    }

    @Test
    void forgetsFailuresOfLongAgo() {
        for (int i = 0; i < ThreadFailures.MOST; i++) {
            failures.handle(new IllegalStateException("now and then"));
        }
        now = now.plus(ThreadFailures.SPAN).plusSeconds(1);

        assertThat(failures.handle(new IllegalStateException("now and then"))).isEqualTo(REPLACE_THREAD);
    }

    /// Otherwise a supervisor would restart all aggregators with many threads in each long outage.
    @Test
    void replacesThreadsForAsLongAsKafkaIsUnavailable() {
        kafkaIsUnavailable = true;
        for (int i = 0; i < 10 * ThreadFailures.MOST; i++) {
            assertThat(failures.handle(new IllegalStateException("no answer"))).isEqualTo(REPLACE_THREAD);
        }

        kafkaIsUnavailable = false;
        assertThat(failures.handle(new IllegalStateException("another one"))).isEqualTo(REPLACE_THREAD);
        assertThat(registry.get("lull.stream.thread.failures").counter().count())
                .isEqualTo(10 * ThreadFailures.MOST + 1);
    }
}
