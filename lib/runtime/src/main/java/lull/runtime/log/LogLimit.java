package lull.runtime.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.KeyValuePair;
import org.slf4j.spi.LoggingEventBuilder;

/// Rate limit of warnings about requests that anyone can send: of each event the first [#FIRST] in a
/// minute are written. The others are counted, and the next written line contains their number. Events
/// must be few and fixed: put the content of a request into the facts. Safe for several threads.
public final class LogLimit {

    /// The maximum number of lines of an event that are written in a minute.
    public static final int FIRST = 5;

    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final LongSupplier nanoTime;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /// What was written and suppressed of an event in this minute.
    private final class Window {
        private long since = nanoTime.getAsLong();
        private int written;
        private long suppressed;

        /// How many lines were suppressed before this one; negative if this one must not be written.
        synchronized long admit() {
            long now = nanoTime.getAsLong();
            if (now - since >= WINDOW_NANOS) {
                since = now;
                written = 0;
            }
            if (written >= FIRST) {
                suppressed++;
                return -1;
            }
            written++;
            long before = suppressed;
            suppressed = 0;
            return before;
        }
    }

    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public LogLimit(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /// Logs a warning, or counts it.
    ///
    /// @param event the message of the line
    public void warn(String event, KeyValuePair... facts) {
        long before = windows.computeIfAbsent(event, _ -> new Window()).admit();
        if (before < 0) {
            return;
        }
        LoggingEventBuilder line = log.atWarn();
        for (KeyValuePair fact : facts) {
            line = line.addKeyValue(fact.key, fact.value);
        }
        if (before > 0) {
            line = line.addKeyValue("suppressed", before);
        }
        line.log(event);
    }

    /// Logs a warning with its reason, or counts it.
    public void warn(String event, String error) {
        warn(event, new KeyValuePair("error", error));
    }
}
