package lull.local.http;

import java.time.Duration;
import java.util.Optional;

/// A mishap to be played the next `times` times that its target comes up: a pause, an error answer, or both.
///
/// With `takesEffect` the call is carried out before its error is answered, as when an answer is lost on the way.
/// `status` and `code` are absent for targets that are mishaps in themselves, such as `sns.drop`.
public record Fault(
        String target,
        Optional<Integer> status,
        String code,
        String message,
        int times,
        Duration delay,
        boolean takesEffect) {
    Fault once() {
        return new Fault(target, status, code, message, times - 1, delay, takesEffect);
    }

    boolean doesNothing() {
        return status.isEmpty() && code.isEmpty() && delay.isZero();
    }

    /// Waits as long as this fault says.
    public void pause() {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
