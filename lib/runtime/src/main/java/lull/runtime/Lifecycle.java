package lull.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// List of the parts that a process has started, which stop in reverse order. Parts that were added as
/// early ones start to stop at once, concurrently. Parts added before them may be needed by them, so
/// they stop after them. A part that fails to stop does not prevent the others from stopping, and one
/// that does not end does not keep the process alive. Safe for several threads.
public final class Lifecycle implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

    /// Practically forever.
    private static final Duration PATIENCE = Duration.ofDays(1);

    private record Part(String name, boolean isEarly, AutoCloseable closeable) {}

    private final List<Part> started = new ArrayList<>();
    private final Duration limit;

    /// Creates a list whose parts may take any time to stop.
    public Lifecycle() {
        this(PATIENCE);
    }

    /// @param limit how long all of them together may take to stop
    public Lifecycle(Duration limit) {
        this.limit = limit;
    }

    /// Adds a part that has just been started, and returns it. It stops after all parts that were added
    /// later have stopped.
    public synchronized <T extends AutoCloseable> T add(String name, T part) {
        started.addLast(new Part(name, false, part));
        return part;
    }

    /// Adds a part that needs none of those added later, and returns it. It starts to stop at once,
    /// concurrently with all others that were added in this way. Parts added before it stop after it
    /// has stopped.
    public synchronized <T extends AutoCloseable> T addEarly(String name, T part) {
        started.addLast(new Part(name, true, part));
        return part;
    }

    /// Stops all parts. Returns when they have stopped, or after the limit, and then logs which ones have not.
    @Override
    public void close() {
        List<Part> stopping = takeAll();
        if (stopping.isEmpty()) {
            return;
        }
        Set<Part> running = Collections.synchronizedSet(new LinkedHashSet<>(stopping));
        Map<Part, Thread> early = new HashMap<>();
        for (Part part : stopping) {
            if (part.isEarly()) {
                early.put(part, start(part.name(), () -> stop(part, running)));
            }
        }
        Thread all = start("all parts", () -> stopInOrder(stopping, early, running));
        if (!ended(all)) {
            List<String> names;
            synchronized (running) {
                names = running.stream().map(Part::name).toList();
            }
            log.atError()
                    .addKeyValue("parts", String.join(", ", names))
                    .addKeyValue("limit", limit)
                    .log("Some parts did not stop in time; the process exits anyway, and nothing is lost");
        }
    }

    /// Removes all parts; the newest is first.
    private synchronized List<Part> takeAll() {
        List<Part> all = List.copyOf(started.reversed());
        started.clear();
        return all;
    }

    private static void stopInOrder(List<Part> parts, Map<Part, Thread> early, Set<Part> running) {
        try {
            for (Part part : parts) {
                Thread begun = early.get(part);
                if (begun == null) {
                    stop(part, running);
                } else {
                    begun.join();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Part part, Set<Part> running) {
        try {
            part.closeable().close();
            log.atDebug().addKeyValue("part", part.name()).log("Stopped");
        } catch (Exception | LinkageError e) {
            log.atWarn().addKeyValue("part", part.name()).setCause(e).log("A part failed to stop");
        } finally {
            running.remove(part);
        }
    }

    /// A daemon thread, so that one that does not end does not keep the process alive.
    private static Thread start(String name, Runnable closing) {
        return Thread.ofPlatform().name("stop " + name).daemon().start(closing);
    }

    /// Whether a thread has ended before the limit. An interruption is kept for later: the parts are
    /// stopped nevertheless.
    private boolean ended(Thread thread) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
