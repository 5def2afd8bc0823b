package lull.applications.turns;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.runtime.Circuit;
import lull.runtime.TokenBucket;

/// Application that gets no more turns at a time and a second than it can take, and none for a while
/// after repeated failures. A turn that has to wait holds no slot of its lane. Safe for several
/// threads.
public final class LimitedApplication implements Application {

    /// How soon a turn tries again that found the application busy.
    private static final Duration BUSY = Duration.ofMillis(100);

    private final Application application;
    private final Semaphore slots;
    private final TokenBucket pace;
    private final Circuit circuit;
    private final LongSupplier nanoTime;

    /// @param parallel how many turns it gets at a time
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public LimitedApplication(
            Application application, int parallel, TokenBucket pace, Circuit circuit, LongSupplier nanoTime) {
        this.application = application;
        this.slots = new Semaphore(parallel);
        this.pace = pace;
        this.circuit = circuit;
        this.nanoTime = nanoTime;
    }

    @Override
    public Given give(String id, Turn turn, ConversationState conversation) throws InterruptedException {
        if (!slots.tryAcquire()) {
            return deferred(BUSY);
        }
        try {
            Duration untilNext = pace.untilNext();
            if (untilNext.isPositive() || !pace.tryTake()) {
                return deferred(untilNext.isPositive() ? untilNext : BUSY);
            }
            Duration open = circuit.ask(nanoTime.getAsLong());
            if (open.isPositive()) {
                return deferred(open);
            }
            Given given = application.give(id, turn, conversation);
            if (given instanceof Given.Failed(Outcome.Retry _)) {
                circuit.failed(nanoTime.getAsLong());
            } else {
                circuit.answered();
            }
            return given;
        } finally {
            slots.release();
        }
    }

    /// Does nothing if the application is busy: the turn itself waits.
    @Override
    public void expect(Turn turn, ConversationState conversation) throws InterruptedException {
        if (circuit.isOpen() || !slots.tryAcquire()) {
            return;
        }
        try {
            if (pace.tryTake()) {
                application.expect(turn, conversation);
            }
        } finally {
            slots.release();
        }
    }

    @Override
    public Optional<Answer> instead(Turn turn, ConversationState conversation) {
        return application.instead(turn, conversation);
    }

    private static Given deferred(Duration wait) {
        return new Given.Failed(new Outcome.Deferred(wait));
    }
}
