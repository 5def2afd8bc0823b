package lull.runtime.log;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/// Log of failures that repeat: the first one with its cause, then at most one line a minute, and one
/// when it works again. Not thread-safe.
public final class OutageLog {

    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final String key;
    private final String name;
    private final LongSupplier nanoTime;

    private long failures;
    private long since;
    private long toldAt;

    /// @param key the key of the name, as in the facts of other lines
    /// @param name of what fails
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public OutageLog(Logger log, String key, String name, LongSupplier nanoTime) {
        this.log = log;
        this.key = key;
        this.name = name;
        this.nanoTime = nanoTime;
    }

    /// Counts a failure, and logs the first one and then at most one a minute.
    public void failed(Exception failure) {
        long now = nanoTime.getAsLong();
        failures++;
        if (failures == 1) {
            since = now;
            toldAt = now;
            log.atWarn().addKeyValue(key, name).setCause(failure).log("Cannot read; retrying");
        } else if (now - toldAt >= EVERY_NANOS) {
            toldAt = now;
            log.atWarn()
                    .addKeyValue(key, name)
                    .addKeyValue("failures", failures)
                    .addKeyValue("seconds", Duration.ofNanos(now - since).toSeconds())
                    .addKeyValue("error", failure.toString())
                    .log("Still cannot read; retrying");
        }
    }

    /// Logs that it works again, if it had failed.
    public void passed() {
        if (failures > 0) {
            log.atInfo()
                    .addKeyValue(key, name)
                    .addKeyValue("failures", failures)
                    .addKeyValue(
                            "seconds",
                            Duration.ofNanos(nanoTime.getAsLong() - since).toSeconds())
                    .log("Can read again");
            failures = 0;
        }
    }
}
