package lull.bridge.inbound.attachments;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Slots of a converter, each of which allows one process. Callers get them first in, first out. A
/// caller takes a slot before it reserves space for the file, so that files that wait for a converter
/// use no space.
final class ConverterSlots {

    /// Maximum time that a caller waits. Then its record is retried later, so that it does not delay
    /// others.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Maximum number of waiting callers: each occupies one of `lane.slots`, which all conversations
    /// share.
    private static final int MAX_WAITING = 32;

    private final Semaphore free;
    private final Duration patience;

    /// @param processes the maximum at a time
    ConverterSlots(int processes) {
        this(processes, PATIENCE);
    }

    ConverterSlots(int processes, Duration patience) {
        this.free = new Semaphore(processes, true);
        this.patience = patience;
    }

    /// Returns a slot; empty if none is free in time, or if too many callers wait already.
    Optional<Slot> take() throws InterruptedException {
        return free.getQueueLength() >= MAX_WAITING ? Optional.empty() : await();
    }

    private Optional<Slot> await() throws InterruptedException {
        return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(new Slot(this))
                : Optional.empty();
    }

    /// Slot that the caller holds until it closes it. Closing it again has no effect.
    static final class Slot implements AutoCloseable {

        private final Optional<ConverterSlots> of;
        private final AtomicBoolean isClosed = new AtomicBoolean();

        private Slot(ConverterSlots of) {
            this.of = Optional.of(of);
        }

        private Slot() {
            this.of = Optional.empty();
        }

        /// Returns the slot of a file that needs no process.
        static Slot none() {
            return new Slot();
        }

        /// Whether it is one of these slots.
        boolean isOf(ConverterSlots slots) {
            return of.filter(own -> own == slots).isPresent();
        }

        @Override
        public void close() {
            if (!isClosed.getAndSet(true)) {
                of.ifPresent(slots -> slots.free.release());
            }
        }
    }
}
