package lull.bridge.outbound.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time at which this bridge last failed to accept a notification. It is redelivered, but perhaps after later ones, so
/// the transcripts of all chats are checked. Safe for several threads.
///
/// Anyone can send notifications that cannot be verified, and a check costs calls of Amazon Connect. These therefore
/// count at most once in [#MAYBE_EVERY]; the last one of a series always counts in the end.
public final class LastDeliveryFailure {

    /// Interval in which notifications count at most once if they could not be verified.
    static final Duration MAYBE_EVERY = Duration.ofMinutes(10);

    private final InstantSource clock;
    private Instant certainAt = Instant.EPOCH;
    private Instant maybeAt = Instant.EPOCH;
    private Instant countedAt = Instant.EPOCH;

    public LastDeliveryFailure(InstantSource clock) {
        this.clock = clock;
    }

    /// Records that a notification of SNS was not accepted.
    synchronized void happened() {
        certainAt = clock.instant();
    }

    /// Records that a notification was not accepted, and that it is unknown whether it was one of SNS.
    synchronized void maybeHappened() {
        maybeAt = clock.instant();
        count();
    }

    /// Returns the time of the last failure that counts; a time long ago if there was none.
    synchronized Instant lastAt() {
        count();
        return certainAt.isAfter(countedAt) ? certainAt : countedAt;
    }

    private void count() {
        Instant now = clock.instant();
        if (maybeAt.isAfter(countedAt) && !now.isBefore(countedAt.plus(MAYBE_EVERY))) {
            // Counted as of now: transcripts that were checked since are checked again.
            countedAt = now;
        }
    }
}
