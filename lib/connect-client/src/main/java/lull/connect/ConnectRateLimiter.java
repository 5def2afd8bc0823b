package lull.connect;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import lull.connect.Rates.Paced;
import lull.runtime.Circuit;
import lull.runtime.CircuitPolicy;
import lull.runtime.QuotaShareListener;
import lull.runtime.TokenBucket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rate limiter and circuit breaker of Amazon Connect in one AWS Region: a rate and a circuit for each
/// operation. All flows of a bridge share it. Safe for several threads.
final class ConnectRateLimiter implements QuotaShareListener {

    private static final Logger log = LoggerFactory.getLogger(ConnectRateLimiter.class);

    private final String region;
    private final LongSupplier nanoTime;
    private final ConnectMetrics metrics;
    private final Rates whole;
    private final Map<Paced, AdaptiveRate> rates = new EnumMap<>(Paced.class);
    private final Map<Paced, Circuit> circuits = new EnumMap<>(Paced.class);

    /// @param region of Connect, as metrics and logs name it
    /// @param allowed what all bridges may use together
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public ConnectRateLimiter(
            String region, Rates allowed, CircuitPolicy rules, LongSupplier nanoTime, ConnectMetrics metrics) {
        this.region = region;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.whole = allowed;
        allowed.allowed().forEach((operation, rate) -> {
            AdaptiveRate adaptive = new AdaptiveRate(rate, nanoTime);
            rates.put(operation, adaptive);
            metrics.showPace(region, operation.operation(), adaptive, AdaptiveRate::perSecond);
        });
        for (Paced operation : Paced.values()) {
            Circuit circuit = new Circuit(rules);
            circuits.put(operation, circuit);
            metrics.showCircuit(region, operation.operation(), circuit, one -> one.isOpen() ? 1 : 0);
        }
    }

    /// Uses one of several equal parts of what is allowed from now on. Calls that wait for their turn are
    /// delayed if the part becomes smaller.
    ///
    /// @param hasJoined whether others may have used the bursts, so that none is left
    @Override
    public void shared(int processes, boolean hasJoined) {
        whole.part(processes)
                .allowed()
                .forEach((operation, rate) ->
                        requireNonNull(rates.get(operation)).allow(rate, hasJoined));
    }

    /// Makes a call as soon as the rate limit allows. If no token is left, the call queues for a moment, first in,
    /// first out. If the queue is too long, the answer is [ConnectError.Paced] and Connect is not called.
    public <T> Answer<T> queued(Paced operation, Supplier<Answer<T>> call) {
        return within(operation.longestWait(), operation, call);
    }

    /// Makes a call if a token is left. If not, the answer is [ConnectError.Paced] and Connect is not called.
    public <T> Answer<T> ifFree(Paced operation, Supplier<Answer<T>> call) {
        return within(Duration.ZERO, operation, call);
    }

    private <T> Answer<T> within(Duration longestWait, Paced operation, Supplier<Answer<T>> call) {
        AdaptiveRate rate = rates.get(operation);
        if (rate != null) {
            Optional<TokenBucket.Place> place = rate.enter(longestWait);
            if (place.isEmpty()) {
                return defer(operation, rate.untilNext());
            }
            try {
                await(place.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Answer.Failed<>(new ConnectError.Transient("Interrupted while waiting for the rate limit"));
            }
        }
        Circuit circuit = requireNonNull(circuits.get(operation));
        Duration open = circuit.ask(nanoTime.getAsLong());
        if (!open.isZero()) {
            return defer(operation, open);
        }
        Answer<T> answer = call.get();
        note(answer, circuit, operation);
        if (rate != null) {
            note(answer, rate);
        }
        return answer;
    }

    private static void await(TokenBucket.Place place) throws InterruptedException {
        try (place) {
            for (Duration wait = place.takeWait(); !wait.isZero(); wait = place.takeWait()) {
                TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            }
        }
    }

    private <T> Answer<T> defer(Paced operation, Duration time) {
        metrics.connectPaced(operation.operation());
        return new Answer.Failed<>(new ConnectError.Paced(time));
    }

    private void note(Answer<?> answer, AdaptiveRate rate) {
        if (answer instanceof Answer.Failed<?>(ConnectError trouble) && trouble instanceof ConnectError.Throttled) {
            rate.throttled();
        } else {
            rate.accepted();
        }
    }

    private void note(Answer<?> answer, Circuit circuit, Paced operation) {
        if (answer instanceof Answer.Failed<?>(ConnectError trouble)
                && trouble instanceof ConnectError.Transient(String reason)) {
            if (circuit.failed(nanoTime.getAsLong())) {
                log.atError()
                        .addKeyValue("region", region)
                        .addKeyValue("operation", operation.operation())
                        .addKeyValue("error", reason)
                        .log("Circuit open after repeated failures of Amazon Connect; the operation is not"
                                + " called for a while");
            }
        } else if (circuit.answered()) {
            log.atWarn()
                    .addKeyValue("region", region)
                    .addKeyValue("operation", operation.operation())
                    .log("Circuit closed; Amazon Connect answers again");
        }
    }
}
