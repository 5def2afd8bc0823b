package lull.runtime.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// External system that a process uses, such as a queue or a bucket, and whether it can be used now.
/// Callers of the system report each result with [#worked()] or [#failed(String)], on any thread.
///
/// It is unavailable after it has failed twice and for [#GRACE] without a success in between, and
/// available again with the next success. Both are logged once; a new reason of a failure is logged
/// too, but not within [#LOG_AT_MOST_EVERY].
public final class Dependency {

    /// How long failures must last before they count: a single failed call is not an outage.
    static final Duration GRACE = Duration.ofSeconds(2);

    static final Duration LOG_AT_MOST_EVERY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Dependency.class);

    private final String name;
    private final String advice;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Counter failures;

    private @Nullable Failing failing;

    /// State of a dependency that fails.
    private static final class Failing {
        final Instant since;
        final long sinceNanos;
        String reason;
        boolean reported;
        String loggedReason = "";
        long loggedAt;
        long count;

        Failing(Instant since, long sinceNanos, String reason) {
            this.since = since;
            this.sinceNanos = sinceNanos;
            this.reason = reason;
        }
    }

    /// @param name in a word or two, such as `chat-event-queue`
    /// @param advice what its absence means and what to do, in whole sentences
    Dependency(String name, String advice, InstantSource clock, LongSupplier nanoTime, MeterRegistry registry) {
        this.name = name;
        this.advice = advice;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.failures = Counter.builder("lull.dependency.failures")
                .description("Failed calls and checks of an external dependency")
                .tag("dependency", name)
                .register(registry);
        Gauge.builder("lull.dependency.available", this, dependency -> dependency.isUnavailable() ? 0 : 1)
                .description("1 while an external dependency of the process is available, else 0")
                .tag("dependency", name)
                .register(registry);
    }

    /// Reports that the last call or check has succeeded.
    public synchronized void worked() {
        Failing before = failing;
        failing = null;
        if (before != null && before.reported) {
            log.atInfo()
                    .addKeyValue("unavailableFor", Durations.text(age(before).truncatedTo(ChronoUnit.MILLIS)))
                    .addKeyValue("failures", before.count)
                    .log("Available again: {}", name);
        }
    }

    /// Reports that the last call or check has failed.
    ///
    /// @param reason in words, with the address or name of what failed; nothing personal and nothing
    ///     secret
    public synchronized void failed(String reason) {
        failures.increment();
        long now = nanoTime.getAsLong();
        Failing current = failing;
        if (current == null) {
            current = new Failing(clock.instant(), now, reason);
            failing = current;
        }
        current.count++;
        current.reason = reason;
        if (isUnavailable()) {
            report(current, now);
        }
    }

    /// Returns why it is unavailable and since when, in words; empty while it is available.
    public synchronized Optional<String> problem() {
        Failing current = failing;
        return current == null || !isUnavailable()
                ? Optional.empty()
                : Optional.of(current.reason + " (since " + current.since + ")");
    }

    /// Whether it is unavailable.
    public synchronized boolean isUnavailable() {
        Failing current = failing;
        return current != null && current.count > 1 && age(current).compareTo(GRACE) >= 0;
    }

    String name() {
        return name;
    }

    private void report(Failing current, long now) {
        boolean isOld = current.reported
                && (current.loggedReason.equals(current.reason)
                        || now - current.loggedAt < LOG_AT_MOST_EVERY.toNanos());
        if (isOld) {
            return;
        }
        current.reported = true;
        current.loggedReason = current.reason;
        current.loggedAt = now;
        log.atError()
                .addKeyValue("error", current.reason)
                .addKeyValue("since", current.since)
                .log("Unavailable: {}. {}", name, advice);
    }

    private Duration age(Failing of) {
        return Duration.ofNanos(nanoTime.getAsLong() - of.sinceNanos);
    }
}
