package lull.runtime.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/// Rate limit of the warnings of libraries: Kafka's clients repeat each failed connection while a
/// broker is unavailable, and Jetty and Javalin log what clients send. Each of their loggers writes the
/// first [#FIRST] warnings of a minute; the number of the others is logged once a minute, with the text
/// of the last one. Logback creates it, as `logback.xml` names it. Safe for several threads.
public final class ClientWarningLimit extends TurboFilter {

    /// The maximum number of warnings of one logger that are written in a minute.
    static final int FIRST = 3;

    /// Clients choose the text of some warnings, and its length.
    private static final int MOST_CHARACTERS = 500;

    /// Its errors are limited too, because any client can cause them: each is one request, with a stack
    /// trace.
    private static final String SERVER = "io.javalin";

    private static final List<String> LIMITED = List.of("org.apache.kafka", "org.eclipse.jetty", SERVER);
    private static final long WINDOW_MILLIS = 60_000;

    private static final org.slf4j.Logger log = LoggerFactory.getLogger(ClientWarningLimit.class);

    private final Map<String, Window> windows = new ConcurrentHashMap<>();
    private final AtomicLong suppressed = new AtomicLong();

    private @Nullable Thread reporter;

    /// What one logger has written and suppressed in this minute.
    private static final class Window {
        private int written;
        private long suppressed;
        private String last = "";

        synchronized boolean allows(String message) {
            if (written < FIRST) {
                written++;
                return true;
            }
            suppressed++;
            last = message;
            return false;
        }

        /// Starts a new minute; logs what was suppressed in the last one.
        synchronized void next(String logger) {
            if (suppressed > 0) {
                log.atWarn()
                        .addKeyValue("logger", logger)
                        .addKeyValue("suppressed", suppressed)
                        .addKeyValue(
                                "last", last.length() > MOST_CHARACTERS ? last.substring(0, MOST_CHARACTERS) : last)
                        .log("Repeated warnings of a library were not logged");
            }
            written = 0;
            suppressed = 0;
        }
    }

    /// How many warnings were suppressed.
    long suppressed() {
        return suppressed.get();
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        // Without a format the call only asks whether the level is enabled.
        boolean isLimitedLevel = level.levelInt == Level.WARN_INT
                || (level.levelInt == Level.ERROR_INT && logger.getName().startsWith(SERVER));
        if (!isLimitedLevel
                || format == null
                || LIMITED.stream().noneMatch(logger.getName()::startsWith)
                || logger.getEffectiveLevel().levelInt > Level.WARN_INT) {
            return FilterReply.NEUTRAL;
        }
        if (windows.computeIfAbsent(logger.getName(), _ -> new Window()).allows(format)) {
            return FilterReply.NEUTRAL;
        }
        suppressed.incrementAndGet();
        return FilterReply.DENY;
    }

    @Override
    public void start() {
        super.start();
        reporter = Thread.ofPlatform().daemon().name("suppressed-warnings").start(this::reportEveryMinute);
    }

    @Override
    public void stop() {
        super.stop();
        Thread running = reporter;
        if (running != null) {
            running.interrupt();
        }
    }

    /// Starts a new minute for all loggers.
    void nextMinute() {
        // A lambda would load its classes even if there is nothing to do, perhaps after its class loader was closed.
        for (Map.Entry<String, Window> each : windows.entrySet()) {
            each.getValue().next(each.getKey());
        }
    }

    private void reportEveryMinute() {
        try {
            while (true) {
                Thread.sleep(WINDOW_MILLIS);
                nextMinute();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
