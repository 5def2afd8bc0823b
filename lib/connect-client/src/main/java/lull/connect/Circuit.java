package lull.connect;

import java.time.Duration;

/// Circuit breaker that keeps calls away from an operation that fails time after time, so that what is failing
/// can recover and nobody waits for it in vain. It opens after some failures in a row, for a while that doubles
/// with every try that fails too, and closes with the first answer. Times are nanoseconds of one monotonic
/// clock. Safe for several threads.
final class Circuit {

    private final CircuitRules rules;
    private int failures;
    private long pause;
    private long nextTry;
    private boolean tries;

    Circuit(CircuitRules rules) {
        this.rules = rules;
    }

    /// Asks for a call; returns how long to wait, zero for now. Where the circuit is open, one call is let through to
    /// try whenever its time has passed.
    synchronized Duration ask(long now) {
        if (!isOpen()) {
            return Duration.ZERO;
        }
        if (nextTry - now > 0) {
            return Duration.ofNanos(nextTry - now);
        }
        // Whoever comes while this one tries waits for what it finds.
        nextTry = now + pause;
        tries = true;
        return Duration.ZERO;
    }

    /// A call has failed; returns whether the circuit has opened with it.
    synchronized boolean failed(long now) {
        boolean wasOpen = isOpen();
        failures++;
        if (wasOpen) {
            if (tries) {
                tries = false;
                pause = Math.min(2 * pause, rules.most().toNanos());
                nextTry = now + pause;
            }
            // Else it was under way when the circuit opened, and tells nothing new.
            return false;
        }
        pause = rules.first().toNanos();
        nextTry = now + pause;
        tries = false;
        return isOpen();
    }

    /// A call was answered; returns whether the circuit has closed with it.
    synchronized boolean answered() {
        boolean wasOpen = isOpen();
        failures = 0;
        return wasOpen;
    }

    synchronized boolean isOpen() {
        return rules.failures() > 0 && failures >= rules.failures();
    }
}
