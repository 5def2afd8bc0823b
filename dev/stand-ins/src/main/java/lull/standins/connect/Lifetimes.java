package lull.standins.connect;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// The clock by which tokens expire, chats last and upload addresses age. It can be put forward, while what is said
/// keeps its real time, as SNS and the broker would not believe another.
final class Lifetimes implements InstantSource {
    private static final int MOST_SECONDS = 30 * 24 * 3600;

    private final InstantSource clock;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    Lifetimes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(ahead.get());
    }

    List<ControlRoute> routes() {
        return List.of(ControlRoute.get("/_clock", this::show), ControlRoute.post("/_clock", this::advance));
    }

    private void advance(Context context) {
        int seconds = ControlBody.of(context)
                .number("advanceSeconds", 0, MOST_SECONDS)
                .orElse(0);
        ahead.updateAndGet(before -> before.plusSeconds(seconds));
        show(context);
    }

    private void show(Context context) {
        Json.answer(
                context,
                200,
                Json.object()
                        .put("aheadSeconds", ahead.get().toSeconds())
                        .put("now", instant().toString()));
    }
}
