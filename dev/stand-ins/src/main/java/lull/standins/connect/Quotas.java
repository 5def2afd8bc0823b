package lull.standins.connect;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// Limits of Amazon Connect: calls a second as token buckets, with the quotas that new accounts have, and chats
/// at the same time. Without a word about them neither is limited.
final class Quotas {
    private static final int MOST_CHATS = 1_000_000;
    private static final int MOST_PERCENT = 10_000;

    /// Operations that share a bucket.
    private enum Bucket {
        OPEN(5, 8),
        CONTACT(10, 15),
        OTHER(2, 5),
        CONNECTION(6, 9),
        MESSAGE(10, 15),
        READ(8, 12),
        LEAVE(3, 5),
        ATTACH(2, 5);

        private final int rate;
        private final int burst;

        Bucket(int rate, int burst) {
            this.rate = rate;
            this.burst = burst;
        }
    }

    private record Level(double tokens, Instant at) {}

    private final InstantSource clock;
    private final Map<Operation, Level> levels = new EnumMap<>(Operation.class);
    private int percent;
    private int chats;

    Quotas(InstantSource clock) {
        this.clock = clock;
    }

    List<ControlRoute> routes() {
        return List.of(ControlRoute.get("/_limits", this::show), ControlRoute.post("/_limits", this::set));
    }

    /// Whether no more chats may be opened while so many are open.
    synchronized boolean isFull(long open) {
        return chats > 0 && open >= chats;
    }

    /// Takes a token for a call; false where there is none.
    synchronized boolean allows(Operation operation) {
        if (percent == 0) {
            return true;
        }
        Bucket bucket = bucket(operation);
        double most = bucket.burst * percent / 100.0;
        Instant now = clock.instant();
        Operation shared = shared(operation);
        Level level = levels.getOrDefault(shared, new Level(most, now));
        double seconds = Duration.between(level.at(), now).toNanos() / 1e9;
        double tokens = Math.min(most, level.tokens() + seconds * bucket.rate * percent / 100.0);
        boolean allowed = tokens >= 1;
        levels.put(shared, new Level(allowed ? tokens - 1 : tokens, now));
        return allowed;
    }

    /// Messages and events are listed together, so they share one bucket here; all others have their own.
    private static Operation shared(Operation operation) {
        return operation == Operation.SEND_EVENT ? Operation.SEND_MESSAGE : operation;
    }

    private static Bucket bucket(Operation operation) {
        return switch (operation) {
            case START_CHAT_CONTACT, START_CONTACT_STREAMING, STOP_CONTACT_STREAMING, UPDATE_PARTICIPANT_ROLE_CONFIG ->
                Bucket.OPEN;
            case STOP_CONTACT, DESCRIBE_CONTACT, UPDATE_CONTACT_ATTRIBUTES, GET_CONTACT_ATTRIBUTES -> Bucket.CONTACT;
            case SEND_CHAT_INTEGRATION_EVENT, DESCRIBE_INSTANCE, DESCRIBE_CONTACT_FLOW -> Bucket.OTHER;
            case CREATE_PARTICIPANT_CONNECTION -> Bucket.CONNECTION;
            case SEND_MESSAGE, SEND_EVENT -> Bucket.MESSAGE;
            case GET_TRANSCRIPT, GET_ATTACHMENT -> Bucket.READ;
            case DISCONNECT_PARTICIPANT -> Bucket.LEAVE;
            case START_ATTACHMENT_UPLOAD, COMPLETE_ATTACHMENT_UPLOAD -> Bucket.ATTACH;
        };
    }

    private void set(Context context) {
        ControlBody body = ControlBody.of(context);
        synchronized (this) {
            percent = body.number("ratePercent", 0, MOST_PERCENT).orElse(percent);
            chats = body.number("chats", 0, MOST_CHATS).orElse(chats);
            levels.clear();
        }
        show(context);
    }

    private synchronized void show(Context context) {
        Json.answer(context, 200, Json.object().put("ratePercent", percent).put("chats", chats));
    }
}
