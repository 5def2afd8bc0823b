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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The paces of Connect's operations in an AWS Region, which all parts of a bridge share, and a circuit for each, so
/// that what fails
/// time after time is left alone for a while. Safe for several threads.
final class Paces {

    private static final Logger log = LoggerFactory.getLogger(Paces.class);

    private final String region;
    private final LongSupplier nanoTime;
    private final ConnectMetrics metrics;
    private final Map<Paced, Pace> paces = new EnumMap<>(Paced.class);
    private final Map<Paced, Circuit> circuits = new EnumMap<>(Paced.class);

    /// @param region of Connect, for whoever looks at metrics
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public Paces(String region, Rates rates, CircuitRules rules, LongSupplier nanoTime, ConnectMetrics metrics) {
        this.region = region;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        rates.allowed().forEach((operation, rate) -> {
            Pace pace = new Pace(rate, nanoTime.getAsLong());
            paces.put(operation, pace);
            metrics.showPace(region, operation.operation(), pace, Pace::perSecond);
        });
        for (Paced operation : Paced.values()) {
            Circuit circuit = new Circuit(rules);
            circuits.put(operation, circuit);
            metrics.showCircuit(region, operation.operation(), circuit, one -> one.isOpen() ? 1 : 0);
        }
    }

    /// Makes a call as soon as the rate limit allows. If no token is left, the call queues for a moment, first in,
    /// first out. If the queue is too long, the answer is [ConnectError.Paced] and Connect is not called.
    public <T> Answer<T> inLine(Paced operation, Supplier<Answer<T>> call) {
        return within(operation.line(), operation, call);
    }

    /// Makes a call if nobody has to wait for it; else the answer is [ConnectError.Paced].
    public <T> Answer<T> ifFree(Paced operation, Supplier<Answer<T>> call) {
        return within(Duration.ZERO, operation, call);
    }

    private <T> Answer<T> within(Duration line, Paced operation, Supplier<Answer<T>> call) {
        Pace pace = paces.get(operation);
        Duration wait = Duration.ZERO;
        if (pace != null) {
            Optional<Duration> turn = pace.take(nanoTime.getAsLong(), line);
            if (turn.isEmpty()) {
                return putOff(operation, pace.untilNext(nanoTime.getAsLong()));
            }
            wait = turn.get();
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>(new ConnectError.Transient("Interrupted while waiting for the rate limit"));
        }
        Circuit circuit = requireNonNull(circuits.get(operation));
        Duration open = circuit.ask(nanoTime.getAsLong());
        if (!open.isZero()) {
            return putOff(operation, open);
        }
        Answer<T> answer = call.get();
        note(answer, circuit, operation);
        if (pace != null) {
            note(answer, pace);
        }
        return answer;
    }

    private <T> Answer<T> putOff(Paced operation, Duration time) {
        metrics.connectPaced(operation.operation());
        return new Answer.Failed<>(new ConnectError.Paced(time));
    }

    private void note(Answer<?> answer, Pace pace) {
        if (answer instanceof Answer.Failed<?>(ConnectError trouble) && trouble instanceof ConnectError.Throttled) {
            pace.throttled(nanoTime.getAsLong());
        } else {
            pace.taken(nanoTime.getAsLong());
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
