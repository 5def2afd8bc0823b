package lull.runtime.admin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Copies of the meters, shared by concurrent requests: a copy is never older than any of the requests
/// it serves. So few copies are created and kept, regardless of the number of requests and of how
/// slowly clients read. Safe for several threads.
final class Scrapes {

    /// At most one copy is created in this time.
    private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

    private final Supplier<String> meters;
    private final ReentrantLock lock = new ReentrantLock(true);
    private byte[] last = {};
    private long begun = System.nanoTime() - EVERY_NANOS;

    /// @param meters returns all of them with their current values
    Scrapes(Supplier<String> meters) {
        this.meters = meters;
    }

    /// Returns the meters as of this call or later. Callers must not change the bytes.
    byte[] text() throws InterruptedException {
        long asked = System.nanoTime();
        lock.lockInterruptibly();
        try {
            if (begun - asked < 0) {
                long wait = EVERY_NANOS - (System.nanoTime() - begun);
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                begun = System.nanoTime();
                last = meters.get().getBytes(StandardCharsets.UTF_8);
            }
            return last;
        } finally {
            lock.unlock();
        }
    }
}
