package lull.standins.whatsapp;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// Limits of how fast WhatsApp takes messages: so many a second of a business number, and for each customer one
/// in a time, some of which may be borrowed. Nothing is limited until `/_rates` says so.
final class SendRates {
    private static final int MOST = 100_000;

    private final InstantSource clock;
    private final Map<String, Instant> fullAt = new HashMap<>();
    private int numberPerSecond;
    private int pairBurst;
    private int pairEveryMillis;

    SendRates(InstantSource clock) {
        this.clock = clock;
    }

    List<ControlRoute> routes() {
        return List.of(ControlRoute.get("/_rates", this::show), ControlRoute.post("/_rates", this::set));
    }

    /// Takes note of a message to a customer.
    ///
    /// @throws GraphException with 130429 for too many of a number, with 131056 for too many to a customer
    synchronized void take(String number, String customer) {
        if (numberPerSecond > 0
                && isFull("number|" + number, Duration.ofSeconds(1).dividedBy(numberPerSecond), numberPerSecond)) {
            throw GraphException.of(
                    130429,
                    "Rate limit hit",
                    "Message failed to send because there were too many messages sent from this phone number in a"
                            + " short period of time.");
        }
        if (pairBurst > 0 && isFull("pair|" + number + "|" + customer, Duration.ofMillis(pairEveryMillis), pairBurst)) {
            throw GraphException.of(
                    131056,
                    "(Business Account, Consumer Account) pair rate limit hit",
                    "Message failed to send because there were too many messages sent from this phone number to the"
                            + " same phone number in a short period of time.");
        }
    }

    /// What is refused spends nothing.
    private boolean isFull(String bucket, Duration every, int burst) {
        Instant now = clock.instant();
        Instant from = fullAt.getOrDefault(bucket, now);
        Instant full = (from.isBefore(now) ? now : from).plus(every);
        if (full.isAfter(now.plus(every.multipliedBy(burst)))) {
            return true;
        }
        fullAt.put(bucket, full);
        return false;
    }

    private synchronized void set(Context context) {
        ControlBody body = ControlBody.of(context);
        numberPerSecond = body.number("numberPerSecond", 0, MOST).orElse(numberPerSecond);
        pairBurst = body.number("pairBurst", 0, MOST).orElse(pairBurst);
        pairEveryMillis = body.number("pairEveryMillis", 0, MOST).orElse(pairEveryMillis);
        fullAt.clear();
        show(context);
    }

    private synchronized void show(Context context) {
        Json.answer(
                context,
                200,
                Json.object()
                        .put("numberPerSecond", numberPerSecond)
                        .put("pairBurst", pairBurst)
                        .put("pairEveryMillis", pairEveryMillis));
    }
}
