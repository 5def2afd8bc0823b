package lull.console.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Limit of failed attempts to sign in, for each client address and for all together. Safe for several threads.
public final class AttemptLimit {

    private static final int OF_ADDRESS = 10;
    private static final int OF_ALL = 200;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private Instant windowEnds = Instant.EPOCH;
    private int all;

    public AttemptLimit(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether a client may try now.
    public synchronized boolean admits(String address) {
        if (!clock.instant().isBefore(windowEnds)) {
            failures.clear();
            all = 0;
        }
        return all < OF_ALL && failures.getOrDefault(address, 0) < OF_ADDRESS;
    }

    /// Records that a client has tried with a wrong token.
    public synchronized void failed(String address) {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnds)) {
            failures.clear();
            all = 0;
            windowEnds = now.plus(WINDOW);
        }
        all++;
        if (failures.size() < MAX_ADDRESSES || failures.containsKey(address)) {
            failures.merge(address, 1, Integer::sum);
        }
    }
}
