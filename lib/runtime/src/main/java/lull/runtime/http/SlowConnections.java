package lull.runtime.http;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/// Watch over connections, which closes those whose next request does not get beyond its headers: a
/// client that sends a byte now and then is never idle, and would keep a connection forever. It also
/// closes connections whose client does not read its answer. Bodies have a time limit of their own.
/// When a port has hardly any connections left, those that wait for a request, or for a body of which
/// nothing arrives, are closed, the longest idle first; otherwise a client that opens enough of them
/// would block all others.
final class SlowConnections implements Connection.Listener, AutoCloseable {

    /// How long a client may leave its answer unread. Answers are small, and an unread one keeps its
    /// memory.
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);

    private static final long ROOM_MILLIS = 100;

    /// A connection that was just opened may be about to send its request.
    private static final long MIN_IDLE_MILLIS = 100;

    /// How long a body may pause.
    private static final long MAX_PAUSE_MILLIS = 1_000;

    private final long limitNanos;
    private final long writeLimitNanos;
    private final int maxConnections;
    private final Counter closed;
    private final Counter closedForRoom;
    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();

    /// The HTTP connections of which the body of a request is being read.
    private final Set<Connection> arriving = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("slow-connections").daemon().factory());

    /// The progress of a connection when it last advanced.
    ///
    /// @param blockedAt since when its client has not read the answer; 0 if it reads
    private record Progress(long requests, long answers, long bytes, long at, long blockedAt) {

        Progress blockedSince(long since) {
            return new Progress(requests, answers, bytes, at, since);
        }
    }

    /// How long a connection has waited for its next request.
    private record Idle(Connection connection, long millis) {}

    private SlowConnections(Duration limit, int maxConnections, Counter closed, Counter closedForRoom) {
        this.limitNanos = limit.toNanos();
        this.writeLimitNanos = Math.min(limitNanos, WRITE_LIMIT.toNanos());
        this.maxConnections = maxConnections;
        this.closed = closed;
        this.closedForRoom = closedForRoom;
    }

    /// @param limit how long the headers of a request may take to arrive
    /// @param maxConnections of the port
    /// @param closed counts connections that are too slow
    /// @param closedForRoom counts idle connections that are closed for others
    @SuppressWarnings("FutureReturnValueIgnored") // Runs until it is closed.
    static SlowConnections watch(Duration limit, int maxConnections, Counter closed, Counter closedForRoom) {
        SlowConnections slow = new SlowConnections(limit, maxConnections, closed, closedForRoom);
        long every = Math.clamp(limit.toMillis() / 4, 10, 1_000);
        slow.sweeper.scheduleWithFixedDelay(slow::sweep, every, every, TimeUnit.MILLISECONDS);
        slow.sweeper.scheduleWithFixedDelay(slow::makeRoom, ROOM_MILLIS, ROOM_MILLIS, TimeUnit.MILLISECONDS);
        return slow;
    }

    /// The number of open connections.
    int connections() {
        return open.size();
    }

    /// Reports that the body of a request is being read from now on.
    void bodyBegins(Connection http) {
        arriving.add(http);
    }

    /// Reports that the body of a request has been read.
    void bodyEnds(Connection http) {
        arriving.remove(http);
    }

    @Override
    public void onOpened(Connection connection) {
        // With TLS the outer connection is watched, from its handshake on.
        if (connection.getEndPoint() instanceof SslConnection.SslEndPoint
                || !connection.getEndPoint().isOpen()) {
            return;
        }
        open.put(connection, progress(connection));
        // It may have been closed meanwhile, before it could be removed.
        if (!connection.getEndPoint().isOpen()) {
            open.remove(connection);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }

    private void sweep() {
        open.keySet().removeIf(connection -> !connection.getEndPoint().isOpen());
        open.replaceAll((connection, before) -> {
            Progress now = progress(connection);
            if (isBlocked(connection)) {
                return blocked(connection, before, now);
            }
            boolean answering = now.requests() > now.answers();
            // Nothing of the next request has arrived: the idle timeout limits how long that may last.
            boolean idle = now.bytes() == before.bytes();
            if (now.requests() > before.requests() || now.answers() > before.answers() || answering || idle) {
                return now;
            }
            if (now.at() - before.at() > limitNanos && connection.getEndPoint().isOpen()) {
                closed.increment();
                connection.getEndPoint().close();
            }
            return before.blockedSince(0);
        });
    }

    /// Closes idle connections, down to half of the limit, when less than an eighth of it is left.
    private void makeRoom() {
        if (open.size() < maxConnections - maxConnections / 8) {
            return;
        }
        open.keySet().stream()
                .map(connection -> new Idle(connection, idleMillis(connection)))
                .filter(this::isWaiting)
                .sorted(Comparator.comparingLong(Idle::millis).reversed())
                .limit(open.size() - maxConnections / 2)
                .forEach(idle -> {
                    closedForRoom.increment();
                    idle.connection().getEndPoint().close();
                });
    }

    /// Whether no request is being answered, or its body has stopped.
    private boolean isWaiting(Idle idle) {
        Connection http = http(idle.connection());
        if (http != null && arriving.contains(http)) {
            return idle.millis() >= MAX_PAUSE_MILLIS;
        }
        Progress now = progress(idle.connection());
        return now.requests() == now.answers() && !isBlocked(idle.connection()) && idle.millis() >= MIN_IDLE_MILLIS;
    }

    private static long idleMillis(Connection connection) {
        return connection.getEndPoint() instanceof IdleTimeout point ? point.getIdleFor() : 0;
    }

    private Progress blocked(Connection connection, Progress before, Progress now) {
        long since = before.blockedAt() == 0 ? now.at() : before.blockedAt();
        if (now.at() - since > writeLimitNanos && connection.getEndPoint().isOpen()) {
            closed.increment();
            connection.getEndPoint().close();
        }
        return now.blockedSince(since);
    }

    /// Whether a part of an answer is not yet read by its client.
    private static boolean isBlocked(Connection connection) {
        return connection.getEndPoint() instanceof AbstractEndPoint point
                && point.getWriteFlusher().isPending();
    }

    private static Progress progress(Connection connection) {
        Connection http = http(connection);
        return new Progress(
                http == null ? 0 : http.getMessagesIn(),
                http == null ? 0 : http.getMessagesOut(),
                connection.getBytesIn(),
                System.nanoTime(),
                0);
    }

    /// Returns the HTTP connection inside a connection; null during the handshake of TLS.
    private static @Nullable Connection http(Connection connection) {
        return connection instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : connection;
    }
}
