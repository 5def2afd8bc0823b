package lull.runtime.admin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Copies of the meters for those who ask at the same time: they share one, which is not older than any of their
/// requests. So however many ask, and however slowly they read, few copies are made and kept. Safe for several threads.
final class Scrapes {

    /// No more than one copy is made in this time.
    private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

    private final Supplier<String> meters;
    private final ReentrantLock lock = new ReentrantLock(true);
    private byte[] last = {};
    private long begun = System.nanoTime() - EVERY_NANOS;

    /// @param meters all of them as they are now
    Scrapes(Supplier<String> meters) {
        this.meters = meters;
    }

    /// The meters as they were when this was called, or later. Nobody may change the bytes.
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
