package lull.runtime;

import java.time.Duration;

/// Circuit breaker of an operation. After repeated failures it blocks calls, so that the operation can
/// recover and no caller waits needlessly. It opens after some failures in a row, for a time that
/// doubles with every failed probe, and closes with the first answer. Times are nanoseconds of one
/// monotonic clock. Safe for several threads.
public final class Circuit {

    private final CircuitPolicy rules;
    private int failures;
    private long pause;
    private long nextTry;
    private boolean tries;

    /// Creates a closed circuit.
    public Circuit(CircuitPolicy rules) {
        this.rules = rules;
    }

    /// Asks for permission to call; returns how long to wait, zero for now. If the circuit is open, one
    /// call is let through as a probe each time its wait has passed.
    public synchronized Duration ask(long now) {
        if (!isOpen()) {
            return Duration.ZERO;
        }
        if (nextTry - now > 0) {
            return Duration.ofNanos(nextTry - now);
        }
        // Calls that arrive during the probe wait for its result.
        nextTry = now + pause;
        tries = true;
        return Duration.ZERO;
    }

    /// Reports a failed call; returns whether it has opened the circuit.
    public synchronized boolean failed(long now) {
        boolean wasOpen = isOpen();
        failures++;
        if (wasOpen) {
            if (tries) {
                tries = false;
                pause = Math.min(2 * pause, rules.most().toNanos());
                nextTry = now + pause;
            }
            // The call had started before the circuit opened, so its failure adds nothing.
            return false;
        }
        pause = rules.first().toNanos();
        nextTry = now + pause;
        tries = false;
        return isOpen();
    }

    /// Reports an answered call; returns whether it has closed the circuit.
    public synchronized boolean answered() {
        boolean wasOpen = isOpen();
        failures = 0;
        return wasOpen;
    }

    /// Whether calls are blocked.
    public synchronized boolean isOpen() {
        return rules.failures() > 0 && failures >= rules.failures();
    }
}
