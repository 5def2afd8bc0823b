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

/// List of the components that a process has started, which stop in reverse order. Components that were
/// added as early ones start to stop at once, concurrently. Components added before them may be needed
/// by them, so they stop after them. A component that fails to stop does not prevent the others from
/// stopping, and one that does not end does not keep the process alive. Safe for several threads.
public final class Lifecycle implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

    /// Practically forever.
    private static final Duration PATIENCE = Duration.ofDays(1);

    private record Component(String name, boolean isEarly, AutoCloseable closeable) {}

    private final List<Component> started = new ArrayList<>();
    private final Duration limit;

    /// Creates a list whose components may take any time to stop.
    public Lifecycle() {
        this(PATIENCE);
    }

    /// @param limit how long all of them together may take to stop
    public Lifecycle(Duration limit) {
        this.limit = limit;
    }

    /// Adds a component that has just been started, and returns it. It stops after all components that
    /// were added later have stopped.
    public synchronized <T extends AutoCloseable> T add(String name, T component) {
        started.addLast(new Component(name, false, component));
        return component;
    }

    /// Adds a component that needs none of those added later, and returns it. It starts to stop at
    /// once, concurrently with all others that were added in this way. Components added before it stop
    /// after it has stopped.
    public synchronized <T extends AutoCloseable> T addEarly(String name, T component) {
        started.addLast(new Component(name, true, component));
        return component;
    }

    /// Stops all components. Returns when they have stopped, or after the limit, and then logs which
    /// ones have not.
    @Override
    public void close() {
        List<Component> stopping = takeAll();
        if (stopping.isEmpty()) {
            return;
        }
        Set<Component> running = Collections.synchronizedSet(new LinkedHashSet<>(stopping));
        Map<Component, Thread> early = new HashMap<>();
        for (Component component : stopping) {
            if (component.isEarly()) {
                early.put(component, start(component.name(), () -> stop(component, running)));
            }
        }
        Thread all = start("all components", () -> stopInOrder(stopping, early, running));
        if (!ended(all)) {
            List<String> names;
            synchronized (running) {
                names = running.stream().map(Component::name).toList();
            }
            log.atError()
                    .addKeyValue("components", String.join(", ", names))
                    .addKeyValue("limit", limit)
                    .log("Some components did not stop in time; the process exits anyway, and nothing is lost");
        }
    }

    /// Removes all components; the newest is first.
    private synchronized List<Component> takeAll() {
        List<Component> all = List.copyOf(started.reversed());
        started.clear();
        return all;
    }

    private static void stopInOrder(List<Component> components, Map<Component, Thread> early, Set<Component> running) {
        try {
            for (Component component : components) {
                Thread begun = early.get(component);
                if (begun == null) {
                    stop(component, running);
                } else {
                    begun.join();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Component component, Set<Component> running) {
        try {
            component.closeable().close();
            log.atDebug().addKeyValue("component", component.name()).log("Stopped");
        } catch (Exception | LinkageError e) {
            log.atWarn().addKeyValue("component", component.name()).setCause(e).log("A component failed to stop");
        } finally {
            running.remove(component);
        }
    }

    /// A daemon thread, so that one that does not end does not keep the process alive.
    private static Thread start(String name, Runnable closing) {
        return Thread.ofPlatform().name("stop " + name).daemon().start(closing);
    }

    /// Whether a thread has ended before the limit. An interruption is kept for later: the components
    /// are stopped nevertheless.
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
