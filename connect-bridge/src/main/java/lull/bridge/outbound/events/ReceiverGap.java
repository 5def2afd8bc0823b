package lull.bridge.outbound.events;

import java.time.Instant;
import java.time.InstantSource;

/// When this bridge last failed to take a notification. It comes again, but perhaps after later ones. Safe for several
/// threads.
public final class ReceiverGap {

    private final InstantSource clock;
    private volatile Instant lastAt = Instant.EPOCH;

    public ReceiverGap(InstantSource clock) {
        this.clock = clock;
    }

    /// A notification was not taken.
    void happened() {
        lastAt = clock.instant();
    }

    /// When that was last; long ago where it never was.
    Instant lastAt() {
        return lastAt;
    }
}
