package lull.standins.connect;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// The attachment scanner of the instance: what it says of files, and how long it takes. At first it approves at
/// once.
final class Scanner {
    /// As long as Amazon gives a scanner.
    private static final int MOST_MILLIS = 60_000;

    /// What the scanner says.
    enum Verdict {
        APPROVED,
        REJECTED
    }

    private Verdict verdict = Verdict.APPROVED;
    private Duration delay = Duration.ZERO;

    List<ControlRoute> routes() {
        return List.of(ControlRoute.get("/_scanner", this::show), ControlRoute.post("/_scanner", this::set));
    }

    /// What it says of a file now.
    synchronized Attachment.Status verdict() {
        return switch (verdict) {
            case APPROVED -> Attachment.Status.APPROVED;
            case REJECTED -> Attachment.Status.REJECTED;
        };
    }

    /// Whether a file is shown as it is at once, as the scanner says nothing else later.
    synchronized boolean isSilent() {
        return verdict == Verdict.APPROVED && delay.isZero();
    }

    synchronized Duration delay() {
        return delay;
    }

    private void set(Context context) {
        ControlBody body = ControlBody.of(context);
        synchronized (this) {
            verdict = body.choice("verdict", Verdict.class, verdict);
            delay = Duration.ofMillis(body.number("delayMillis", 0, MOST_MILLIS).orElse((int) delay.toMillis()));
        }
        show(context);
    }

    private synchronized void show(Context context) {
        Json.answer(context, 200, Json.object().put("verdict", verdict.name()).put("delayMillis", delay.toMillis()));
    }
}
