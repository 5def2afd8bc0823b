package lull.applications.turns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When each application last accepted a turn of this process. It shows whether an application works that answers a
/// turn as if something were wrong with itself. Safe for several threads.
public final class LastAnswers {

    /// How long an application counts as working after it has accepted a turn.
    private static final Duration WORKS_FOR = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final Map<String, Instant> byDestination = new ConcurrentHashMap<>();

    public LastAnswers(InstantSource clock) {
        this.clock = clock;
    }

    void accepted(String destination) {
        byDestination.put(destination, clock.instant());
    }

    /// Whether an application has accepted a turn after this time.
    boolean isAfter(String destination, Instant time) {
        return byDestination.getOrDefault(destination, Instant.MIN).isAfter(time);
    }

    /// Whether an application has accepted a turn in the last two minutes.
    public boolean isWorking(String destination) {
        return isAfter(destination, clock.instant().minus(WORKS_FOR));
    }
}
