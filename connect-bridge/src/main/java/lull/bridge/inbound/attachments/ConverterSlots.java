package lull.bridge.inbound.attachments;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Right to run one process of a converter, of which only so many may run at a time. Callers get it
/// in the order in which they came. It is taken before a place for the file, so that files that
/// wait for a converter occupy no place.
final class ConverterSlots {

    /// How long a caller waits; then its record is retried later, and does not keep others from
    /// being handled.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// More do not wait at a time: each occupies one of `lane.slots`, which all conversations share.
    private static final int MAX_WAITING = 32;

    private final Semaphore free;
    private final Duration patience;

    /// @param processes the most at a time
    ConverterSlots(int processes) {
        this(processes, PATIENCE);
    }

    ConverterSlots(int processes, Duration patience) {
        this.free = new Semaphore(processes, true);
        this.patience = patience;
    }

    /// One of them; empty if none is free in time, or if too many wait already.
    Optional<Slot> take() throws InterruptedException {
        return free.getQueueLength() >= MAX_WAITING ? Optional.empty() : await();
    }

    private Optional<Slot> await() throws InterruptedException {
        return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(new Slot(this))
                : Optional.empty();
    }

    /// What a caller has until it is closed. Closing it again has no effect.
    static final class Slot implements AutoCloseable {

        private final Optional<ConverterSlots> of;
        private final AtomicBoolean isClosed = new AtomicBoolean();

        private Slot(ConverterSlots of) {
            this.of = Optional.of(of);
        }

        private Slot() {
            this.of = Optional.empty();
        }

        /// That of a file that needs no process.
        static Slot none() {
            return new Slot();
        }

        /// Whether it is one of these.
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
