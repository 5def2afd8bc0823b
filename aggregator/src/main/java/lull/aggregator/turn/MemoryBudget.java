package lull.aggregator.turn;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes of memory that several partitions share. Thread-safe.
public final class MemoryBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /// @param limit in bytes; with 0 nothing is kept in memory
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /// Counts bytes that are used, or with a negative number, that are used no more.
    void add(long bytes) {
        used.addAndGet(bytes);
    }

    boolean isExceeded() {
        return used.get() > limit;
    }

    /// The bytes that are used now.
    public long used() {
        return used.get();
    }
}
