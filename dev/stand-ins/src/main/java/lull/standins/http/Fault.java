package lull.standins.http;

import java.time.Duration;
import java.util.Optional;

/// A mishap to be played the next `times` times that its target comes up: a pause, an error answer, or both.
///
/// `about` is what a call must hold to be meant, such as a business number or a text; empty for any call.
/// With `takesEffect` the call is carried out before its error is answered, as when an answer is lost on the way.
/// With `reset` it is carried out, and the connection breaks in the middle of the answer.
/// With `hangs` it is carried out, and the answer begins and does not end while the client waits.
/// `status` and `code` are absent for targets that are mishaps in themselves, such as `sns.drop`.
public record Fault(
        String target,
        String about,
        Optional<Integer> status,
        String code,
        String message,
        int times,
        Duration delay,
        boolean takesEffect,
        boolean reset,
        boolean hangs) {
    Fault once() {
        return new Fault(target, about, status, code, message, times - 1, delay, takesEffect, reset, hangs);
    }

    boolean doesNothing() {
        return status.isEmpty() && code.isEmpty() && delay.isZero() && !reset && !hangs;
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
