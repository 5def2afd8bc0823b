package lull.runtime.http;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Budget of the memory that requests in progress use, in bytes of their bodies. It is bounded, so that
/// a slow broker, or many concurrent senders, cannot fill the memory.
///
/// A quarter is reserved for bodies that are complete and known to be genuine: arriving bodies never
/// use it. An eighth is reserved for bodies that are announced as short, which most are, so that other
/// arriving bodies do not make them wait. Large arriving bodies use at most half the budget. When room
/// is short, bodies that have been arriving for more than a second are given up, the oldest first, so
/// that senders who start and do not continue block nobody. Safe for several threads.
public final class InFlight {

    /// How long a body may arrive without being given up for others.
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// How long a request waits for the room of bodies that are given up, or may soon be.
    private static final long WAIT_NANOS = 2 * GRACE_NANOS;

    /// The maximum number of requests that wait at a time, for short bodies and for all others each.
    private static final int MAX_WAITING = 256;

    private static final long LOOK_MILLIS = 50;

    private static final int SHORT_BYTES = 8 * 1024;

    private static final int SMALL_BYTES = 64 * 1024;

    private final long maxBytes;

    /// The holds of bodies that arrive and are not given up, the oldest first; and the large ones of
    /// them.
    private final Set<Reservation> arriving = new LinkedHashSet<>();

    private final Set<Reservation> arrivingLarge = new LinkedHashSet<>();

    private long bytes;
    private long arrivingBytes;
    private long largeBytes;
    private long givenUp;
    private int leaving;
    private int waitingShort;
    private int waitingOthers;
    private int requests;

    /// @param maxBytes the budget
    public InFlight(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Registers an incoming request; close the result after the answer.
    public synchronized Reservation enter() {
        requests++;
        return new Reservation();
    }

    /// The number of requests that are not answered yet.
    public synchronized int requests() {
        return requests;
    }

    /// The size of their bodies.
    public synchronized long bytes() {
        return bytes;
    }

    /// The number of bodies that were given up for others so far.
    public synchronized long givenUp() {
        return givenUp;
    }

    /// Returns the oldest body that could make room for another one; null if there is none.
    private @Nullable Reservation oldest(Reservation asking, boolean onlyLarge) {
        for (Reservation reservation : onlyLarge ? arrivingLarge : arriving) {
            if (reservation != asking) {
                return reservation;
            }
        }
        return null;
    }

    /// Memory that one request holds. Used by one thread; others may give it up.
    public final class Reservation implements AutoCloseable {

        private long held;
        private long since;
        private boolean isShort;
        private boolean isArriving;
        private boolean isGenuine;
        private boolean isGivenUp;
        private boolean isLeaving;
        private boolean isClosed;
        private Runnable abort = () -> {};

        private Reservation() {}

        /// Sets the expected length of the body; less than 0 if it is unknown.
        void announce(int length) {
            synchronized (InFlight.this) {
                isShort = length >= 0 && length <= SHORT_BYTES;
            }
        }

        /// Sets the callback that ends the arrival of the body if it is given up.
        void onGivenUp(Runnable ending) {
            synchronized (InFlight.this) {
                abort = ending;
            }
        }

        /// Whether its room was given to others.
        boolean isGivenUp() {
            synchronized (InFlight.this) {
                return isGivenUp;
            }
        }

        /// Asks for room for this many more bytes; returns false if there is none.
        public boolean more(int count) {
            long deadline = System.nanoTime() + WAIT_NANOS;
            while (true) {
                Runnable ending;
                synchronized (InFlight.this) {
                    if (isGivenUp) {
                        return false;
                    }
                    if (fits(count)) {
                        take(count);
                        return true;
                    }
                    Reservation oldest = oldest(this, fitsButForLargeOnes(count));
                    long now = System.nanoTime();
                    if (oldest == null || now - oldest.since < GRACE_NANOS) {
                        boolean hope = oldest != null || leaving > 0;
                        if (!hope || now > deadline || !waited()) {
                            return false;
                        }
                        continue;
                    }
                    arriving.remove(oldest);
                    arrivingLarge.remove(oldest);
                    oldest.isGivenUp = true;
                    oldest.isLeaving = true;
                    givenUp++;
                    leaving++;
                    ending = oldest.abort;
                }
                ending.run();
            }
        }

        /// Marks the body as complete and known to be genuine: it is no longer given up.
        public void genuine() {
            synchronized (InFlight.this) {
                if (!isGenuine) {
                    leaveArriving();
                    isGenuine = true;
                    InFlight.this.notifyAll();
                }
            }
        }

        /// Releases its room, because its body is refused.
        void release() {
            synchronized (InFlight.this) {
                leaveArriving();
                if (isLeaving) {
                    isLeaving = false;
                    leaving--;
                }
                bytes -= held;
                held = 0;
                InFlight.this.notifyAll();
            }
        }

        @Override
        public void close() {
            synchronized (InFlight.this) {
                if (!isClosed) {
                    isClosed = true;
                    release();
                    requests--;
                }
            }
        }

        private boolean isLarge() {
            return held > SMALL_BYTES;
        }

        private boolean fits(int count) {
            if (isGenuine) {
                return bytes + count <= maxBytes;
            }
            return fitsAsSmall(count) && (held + count <= SMALL_BYTES || fitsAsLarge(count));
        }

        private boolean fitsButForLargeOnes(int count) {
            return !isGenuine && fitsAsSmall(count) && bytes + count <= maxBytes - maxBytes / 4;
        }

        private boolean fitsAsSmall(int count) {
            long share = maxBytes - maxBytes / 4 - (isShort ? 0 : maxBytes / 8);
            return bytes + count <= maxBytes && arrivingBytes + count <= share;
        }

        private boolean fitsAsLarge(int count) {
            long more = isLarge() ? count : held + count;
            return largeBytes + more <= maxBytes / 2 && bytes + count <= maxBytes - maxBytes / 4;
        }

        private void take(int count) {
            if (!isGenuine) {
                if (!isArriving) {
                    isArriving = true;
                    since = System.nanoTime();
                    arriving.add(this);
                }
                arrivingBytes += count;
                if (held + count > SMALL_BYTES) {
                    largeBytes += isLarge() ? count : held + count;
                    arrivingLarge.add(this);
                }
            }
            bytes += count;
            held += count;
        }

        private void leaveArriving() {
            if (isArriving) {
                isArriving = false;
                arriving.remove(this);
                arrivingLarge.remove(this);
                arrivingBytes -= held;
                largeBytes -= isLarge() ? held : 0;
            }
        }

        /// Waits a moment for a request to end; returns false if too many wait, or this thread is
        /// interrupted.
        private boolean waited() {
            if ((isShort ? waitingShort : waitingOthers) >= MAX_WAITING) {
                return false;
            }
            countWaiting(1);
            try {
                InFlight.this.wait(LOOK_MILLIS);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                countWaiting(-1);
            }
        }

        private void countWaiting(int more) {
            if (isShort) {
                waitingShort += more;
            } else {
                waitingOthers += more;
            }
        }
    }
}
