package lull.archive.write;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/// Meters of the follower. Safe for several threads.
public final class FollowerMetrics {

    private static final String RECORDS = "lull.archive.records";

    private final Counter written;
    private final Counter skipped;
    private final Counter unreadable;
    private final Counter missed;
    private final Counter erased;
    private final AtomicLong lag = new AtomicLong();

    public FollowerMetrics(MeterRegistry registry) {
        written = counter(registry, "written");
        skipped = counter(registry, "skipped");
        unreadable = counter(registry, "unreadable");
        missed = counter(registry, "missed");
        erased = Counter.builder("lull.archive.erased")
                .description("Rows that were not written, because their customer was erased")
                .register(registry);
        Gauge.builder("lull.archive.lag", lag, AtomicLong::get)
                .description("Records in the topics that this process still has to write to the database")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder(RECORDS)
                .description("Records by what became of them in the archive")
                .tag("outcome", outcome)
                .register(registry);
    }

    void wrote(RowWriter.Written batch) {
        written.increment(batch.records() - batch.unreadable());
        skipped.increment(batch.skipped());
        unreadable.increment(batch.unreadable());
        erased.increment(batch.erased());
    }

    void missed(long records) {
        missed.increment((double) records);
    }

    void lag(long records) {
        lag.set(records);
    }

    /// Returns how many records are still to be written, as of the last batch.
    public long lag() {
        return lag.get();
    }
}
