package lull.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class DependencyTest {

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private final Health health = new Health();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Dependency.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    private long nanos;
    private final Dependencies dependencies =
            new Dependencies(health, registry, () -> START.plusNanos(nanos), () -> nanos);
    private final Dependency queue =
            dependencies.required("chat-event-queue", "Agents are not heard. Check the queue.");

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(logged);
        dependencies.close();
    }

    @Test
    void isNoOutageAfterOneFailedCall() {
        queue.failed("SQS answers 503");
        pass(Duration.ofMinutes(1));

        assertThat(health.problems()).isEmpty();
        assertThat(lines()).isEmpty();
        assertThat(available()).isEqualTo(1);
    }

    @Test
    void isNotReadyAndSaysSoOnceWhenItFailsAgainAndAgain() {
        for (int i = 0; i < 200; i++) {
            queue.failed("SQS answers 400, QueueDoesNotExist");
            pass(Duration.ofSeconds(1));
        }

        assertThat(health.problems())
                .containsExactly("chat-event-queue: SQS answers 400, QueueDoesNotExist (since 2026-11-21T09:00:00Z)");
        assertThat(lines()).containsExactly("Unavailable: chat-event-queue. Agents are not heard. Check the queue.");
        assertThat(logged.list.getFirst().getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly("error=SQS answers 400, QueueDoesNotExist", "since=2026-11-21T09:00:00Z");
        assertThat(available()).isZero();
        assertThat(registry.get("lull.dependency.failures").counter().count()).isEqualTo(200);
    }

    @Test
    void isReadyAgainByItselfAndSaysSoOnce() {
        fail("SQS answers 503", 5);
        queue.worked();
        queue.worked();

        assertThat(health.problems()).isEmpty();
        assertThat(lines()).hasSize(2).last().isEqualTo("Available again: chat-event-queue");
        assertThat(available()).isEqualTo(1);
    }

    @Test
    void saysNothingOfAHiccup() {
        queue.failed("SQS answers 503");
        pass(Duration.ofSeconds(1));
        queue.failed("SQS answers 503");
        queue.worked();
        pass(Duration.ofSeconds(10));
        queue.failed("SQS answers 503");
        queue.worked();

        assertThat(lines()).isEmpty();
    }

    @Test
    void logsAnotherReasonButNotWithinAMinute() {
        fail("There are no AWS credentials", 10);
        fail("SQS answers 403", 10);
        assertThat(lines()).hasSize(1);

        fail("SQS answers 403", 60);

        assertThat(lines()).hasSize(2);
        assertThat(health.problems()).first().asString().contains("SQS answers 403");
    }

    @Test
    void changingReasonsAreOneLineAMinuteAtMost() {
        for (int i = 0; i < 300; i++) {
            queue.failed("Timed out after " + i + " ms");
            pass(Duration.ofSeconds(1));
        }

        assertThat(lines()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void onlyDegradesWhatIsOptional() {
        Dependency store = dependencies.optional("file-store", "Agents get no links.");
        store.failed("S3 answers 404, NoSuchBucket");
        pass(Duration.ofSeconds(5));
        store.failed("S3 answers 404, NoSuchBucket");

        assertThat(health.problems()).isEmpty();
        assertThat(health.degradations())
                .singleElement()
                .satisfies(degradation -> assertThat(degradation.scope()).isEqualTo("file-store"))
                .satisfies(degradation -> assertThat(degradation.cause()).startsWith("S3 answers 404, NoSuchBucket"));
    }

    private void fail(String reason, int times) {
        for (int i = 0; i < times; i++) {
            queue.failed(reason);
            pass(Duration.ofSeconds(1));
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private List<String> lines() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private double available() {
        return registry.get("lull.dependency.available").gauge().value();
    }
}
