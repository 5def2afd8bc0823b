package lull.local.trypage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What all open pages show: events that happened, and states of which only the latest counts. Safe for several
/// threads.
final class Feed {

    private static final int MAX_EVENTS = 1_000;
    private static final int MAX_WAITING = 3_000;

    /// Event as a page receives it.
    ///
    /// @param name by which the page knows what to do with it
    /// @param json what happened, or the state
    record Event(String name, String json) {}

    private final Deque<Event> past = new ArrayDeque<>();
    private final Map<String, Event> states = new LinkedHashMap<>();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    /// Adds something that happened. The latest 1,000 are kept for pages that are opened later.
    synchronized void add(String name, String json) {
        if (past.size() == MAX_EVENTS) {
            past.removeFirst();
        }
        Event event = new Event(name, json);
        past.addLast(event);
        listeners.forEach(listener -> listener.offer(event));
    }

    /// Replaces a state; pages are notified if it is another one.
    synchronized void set(String name, String json) {
        Event event = new Event(name, json);
        if (!event.equals(states.put(name, event))) {
            listeners.forEach(listener -> listener.offer(event));
        }
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /// Returns a listener that gets everything that is kept, and then what is new, until it is closed.
    synchronized Listener listen() {
        Listener listener = new Listener();
        listener.offer(new Event("start", "{}"));
        past.forEach(listener::offer);
        // Nobody has brought the states up to date while no page was open.
        if (listeners.isEmpty()) {
            states.clear();
        }
        states.values().forEach(listener::offer);
        listeners.add(listener);
        return listener;
    }

    /// One open page. Who does not read its events is cut off, and gets everything again once it connects again.
    final class Listener implements AutoCloseable {

        private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
        private volatile boolean open = true;

        private void offer(Event event) {
            if (!waiting.offer(event)) {
                close();
            }
        }

        boolean isOpen() {
            return open;
        }

        /// Returns the next event, or null if there is none for a second.
        @Nullable
        Event next() throws InterruptedException {
            return waiting.poll(1, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            open = false;
            listeners.remove(this);
        }
    }
}
