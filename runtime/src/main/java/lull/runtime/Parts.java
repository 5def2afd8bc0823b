package lull.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a process has started, to be stopped in reverse order. A part that fails to stop does not keep the others
/// from it.
public final class Parts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> started = new ArrayDeque<>();

    /// Takes charge of a part that has just been started, and returns it.
    public synchronized <T extends AutoCloseable> T add(String name, T part) {
        started.push(new Part(name, part));
        return part;
    }

    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            Part part = started.pop();
            try {
                part.closeable().close();
                log.atDebug().addKeyValue("part", part.name()).log("Stopped");
            } catch (Exception e) {
                log.atWarn().addKeyValue("part", part.name()).setCause(e).log("Did not stop in order");
            }
        }
    }
}
