package lull.bridge.connect;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import lull.bridge.connect.Answer.Trouble;
import lull.bridge.connect.Rates.Paced;
import lull.bridge.metric.BridgeMetrics;

/// The paces of Connect's operations, which all parts of a bridge share. Safe for several threads.
public final class Paces {

    private final LongSupplier nanoTime;
    private final BridgeMetrics metrics;
    private final Map<Paced, Pace> paces = new EnumMap<>(Paced.class);

    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public Paces(Rates rates, LongSupplier nanoTime, BridgeMetrics metrics) {
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        rates.allowed().forEach((operation, rate) -> {
            Pace pace = new Pace(rate, nanoTime.getAsLong());
            paces.put(operation, pace);
            metrics.showPace(operation.operation(), pace, Pace::perSecond);
        });
    }

    /// Makes a call when its turn comes. Who comes when the pace is used up waits a moment in line, so that all
    /// conversations are served alike; where the line is too long the answer is [Trouble.Paced], and Connect is not
    /// called.
    public <T> Answer<T> inLine(Paced operation, Supplier<Answer<T>> call) {
        return within(operation.line(), operation, call);
    }

    /// Makes a call if nobody has to wait for it; else the answer is [Trouble.Paced].
    public <T> Answer<T> ifFree(Paced operation, Supplier<Answer<T>> call) {
        return within(Duration.ZERO, operation, call);
    }

    private <T> Answer<T> within(Duration line, Paced operation, Supplier<Answer<T>> call) {
        Pace pace = paces.get(operation);
        if (pace == null) {
            return call.get();
        }
        Optional<Duration> wait = pace.take(nanoTime.getAsLong(), line);
        if (wait.isEmpty()) {
            metrics.connectPaced(operation.operation());
            return new Answer.Failed<>(new Trouble.Paced(pace.untilNext(nanoTime.getAsLong())));
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait.get().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>(new Trouble.Passing("Interrupted while it waited in line"));
        }
        Answer<T> answer = call.get();
        if (answer instanceof Answer.Failed<T>(Trouble trouble) && trouble instanceof Trouble.Throttled) {
            pace.throttled(nanoTime.getAsLong());
        } else {
            pace.taken(nanoTime.getAsLong());
        }
        return answer;
    }
}
