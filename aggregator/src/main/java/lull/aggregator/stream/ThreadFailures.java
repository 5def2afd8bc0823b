package lull.aggregator.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handler of stream threads that fail: such a thread is replaced, and the new one continues from the
/// last commit. If that does not help, the application stops, its process is no longer live, and the
/// supervisor restarts it. Failures while no broker answers do not count, because a restart would not help.
public final class ThreadFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

    /// The maximum number of failures tolerated within [#SPAN].
    static final int MOST = 10;

    static final Duration SPAN = Duration.ofMinutes(10);

    private final String topic;
    private final Counter failures;
    private final InstantSource clock;
    private final BooleanSupplier kafkaIsUnavailable;
    private final Deque<Instant> recent = new ArrayDeque<>();

    public ThreadFailures(
            MeterRegistry registry, String topic, InstantSource clock, BooleanSupplier kafkaIsUnavailable) {
        this.topic = topic;
        this.clock = clock;
        this.kafkaIsUnavailable = kafkaIsUnavailable;
        this.failures = Counter.builder("lull.stream.thread.failures")
                .description("Stream threads that failed and were replaced")
                .tags("topic", topic)
                .register(registry);
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        failures.increment();
        if (kafkaIsUnavailable.getAsBoolean()) {
            log.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("error", failure.toString())
                    .log("A stream thread failed while Kafka is unavailable; it is replaced");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        Instant now = clock.instant();
        recent.addLast(now);
        while (recent.getFirst().isBefore(now.minus(SPAN))) {
            recent.removeFirst();
        }
        log.atError().addKeyValue("topic", topic).setCause(failure).log("A stream thread failed");
        if (recent.size() <= MOST) {
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        log.atError().addKeyValue("topic", topic).log("Stream threads fail repeatedly; the application stops");
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
