package lull.ingress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What is being taken in at the moment, in requests and in bytes of their bodies. The bytes are bounded, so that a
/// broker that is slow, or many senders at once, cannot fill the memory. A quarter is kept for small bodies, which
/// are most: a few large ones that do not come to an end leave the door open for them.
final class InFlight {

    private static final int SMALL_BYTES = 64 * 1024;

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();

    InFlight(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// A request that comes in; it must be closed when it has been answered.
    Hold enter() {
        requests.incrementAndGet();
        return new Hold();
    }

    int requests() {
        return requests.get();
    }

    long bytes() {
        return bytes.get();
    }

    /// What one request holds. Used by one thread.
    final class Hold implements AutoCloseable {
        private long held;

        /// Asks for room for so many bytes more; false where there is none.
        boolean more(int count) {
            long most = held + count <= SMALL_BYTES ? maxBytes : maxBytes - maxBytes / 4;
            if (bytes.addAndGet(count) > most) {
                bytes.addAndGet(-count);
                return false;
            }
            held += count;
            return true;
        }

        @Override
        public void close() {
            bytes.addAndGet(-held);
            held = 0;
            requests.decrementAndGet();
        }
    }
}
