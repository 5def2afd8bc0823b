package lull.runtime.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Reader of request bodies within limits of size and time. Bodies are never decompressed. A body uses
/// the memory budget only for the bytes that have arrived. Safe for several threads.
public final class BodyReader {

    private static final int FIRST_BYTES = 8 * 1024;

    /// How long after the body's timeout a slow connection is closed; the answer is sent meanwhile.
    private static final long GRACE_MILLIS = 1_000;

    /// How many times the maximum size is read of a body that is refused: somebody who sends somewhat more
    /// than is allowed gets to read why.
    private static final long DISCARDED = 2;

    /// Target of discarded bodies. All requests write to it, and none reads it.
    private static final byte[] SINK = new byte[FIRST_BYTES];

    private final int maxBytes;
    private final Duration timeout;

    /// @param maxBytes the maximum size of a body
    /// @param timeout how long a body may take to arrive
    public BodyReader(int maxBytes, Duration timeout) {
        this.maxBytes = maxBytes;
        this.timeout = timeout;
    }

    /// Why a body was refused.
    public enum Refusal {
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
        ENCODED(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
        BROKEN(HttpStatus.BAD_REQUEST),
        SLOW(HttpStatus.REQUEST_TIMEOUT),
        OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE);

        private final HttpStatus status;

        Refusal(HttpStatus status) {
            this.status = status;
        }

        /// The status of the answer.
        public HttpStatus status() {
            return status;
        }
    }

    /// Result of reading a body.
    public sealed interface Body {

        /// The body has arrived completely.
        @SuppressWarnings("ArrayRecordComponent") // Never compared.
        record Complete(byte[] bytes) implements Body {}

        /// The body was refused.
        ///
        /// @param error in words, for the sender
        record Refused(Refusal refusal, String error) implements Body {}
    }

    /// The time that a body has to arrive. Each read waits for at most the remaining time.
    private final class Clock {

        private final long start = System.nanoTime();
        private final @Nullable EndPoint connection;
        private final @Nullable Scheduler scheduler;
        private final long idleMillis;
        private final Runnable onEnd;
        private Scheduler.@Nullable Task end;

        private Clock(@Nullable ConnectionMetaData by) {
            this.onEnd = by == null ? () -> {} : watched(by);
            this.connection = by == null ? null : by.getConnection().getEndPoint();
            this.scheduler = by == null ? null : by.getConnector().getScheduler();
            this.idleMillis = connection == null ? 0 : connection.getIdleTimeout();
        }

        boolean isLate() {
            return System.nanoTime() - start >= timeout.toNanos();
        }

        /// Reads what is available; waits for at most the remaining time.
        int read(InputStream in, byte[] buffer, int offset, int length) throws IOException {
            limitWait(in);
            return in.read(buffer, offset, length);
        }

        /// Waits for the first byte.
        int first(InputStream in) throws IOException {
            limitWait(in);
            return in.read();
        }

        private void limitWait(InputStream in) throws IOException {
            if (connection != null && in.available() == 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(timeout.toNanos() - (System.nanoTime() - start));
                connection.setIdleTimeout(Math.clamp(left, 1, idleMillis <= 0 ? Long.MAX_VALUE : idleMillis));
                // A client that sends a byte of a chunk's extension or of a trailer now and then is
                // never idle, and sends no body.
                if (end == null && scheduler != null) {
                    end = scheduler.schedule(connection::close, left + GRACE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        }

        void stop() {
            onEnd.run();
            if (end != null) {
                end.cancel();
            }
            if (connection != null && connection.isOpen()) {
                connection.setIdleTimeout(idleMillis);
            }
        }
    }

    /// Reads the body of a request. A sender that is still writing when the connection closes would
    /// never read the answer, so a little more of a refused body is read.
    public Body read(Context context, InFlight.Reservation reservation) {
        String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            discard(context);
            return new Body.Refused(Refusal.ENCODED, "A body with a Content-Encoding is not accepted");
        }
        if (context.contentLength() > maxBytes) {
            discard(context);
            return tooLarge();
        }
        reservation.announce(context.contentLength());
        ConnectionMetaData connection = connection(context);
        if (connection != null) {
            reservation.onGivenUp(connection.getConnection().getEndPoint()::close);
        }
        Clock clock = new Clock(connection);
        try {
            return read(context.bodyInputStream(), context.contentLength(), reservation, clock);
        } catch (IOException e) {
            return reservation.isGivenUp() || clock.isLate() || isTimeout(e)
                    ? tooSlow()
                    : new Body.Refused(Refusal.BROKEN, "The body is incomplete");
        } finally {
            reservation.onGivenUp(() -> {});
            clock.stop();
        }
    }

    /// Discards the rest of a body that is not needed, up to twice the maximum size of a body.
    public void discard(Context context) {
        Clock clock = new Clock(connection(context));
        try {
            discard(context.bodyInputStream(), clock);
        } catch (IOException e) {
            // A client that has disconnected needs no answer.
        } finally {
            clock.stop();
        }
    }

    private Body read(InputStream in, int announced, InFlight.Reservation reservation, Clock clock) throws IOException {
        int first = announced == 0 ? -1 : clock.first(in);
        if (first < 0) {
            return new Body.Complete(new byte[0]);
        }
        int size = announced < 0 ? FIRST_BYTES : Math.min(announced, FIRST_BYTES);
        boolean room = reservation.more(size);
        byte[] buffer = new byte[room ? size : 1];
        buffer[0] = (byte) first;
        int count = 1;
        while (room && count != announced) {
            if (count == buffer.length) {
                if (count > maxBytes) {
                    reservation.release();
                    discard(in, clock);
                    return tooLarge();
                }
                int larger = Math.min(2 * count, announced < 0 ? maxBytes + 1 : announced);
                room = reservation.more(larger - count);
                buffer = room ? Arrays.copyOf(buffer, larger) : buffer;
                continue;
            }
            int read = clock.read(in, buffer, count, buffer.length - count);
            if (read < 0) {
                break;
            }
            count += read;
            if (clock.isLate()) {
                return tooSlow();
            }
        }
        if (!room) {
            reservation.release();
            discard(in, clock);
            return new Body.Refused(Refusal.OVERLOADED, "Too many requests are in progress; send it again");
        }
        return new Body.Complete(count == buffer.length ? buffer : Arrays.copyOf(buffer, count));
    }

    private void discard(InputStream in, Clock clock) throws IOException {
        long left = DISCARDED * maxBytes;
        int read = 0;
        while (left > 0 && read >= 0 && !clock.isLate()) {
            left -= read;
            read = clock.read(in, SINK, 0, SINK.length);
        }
    }

    /// Notifies the watch over a port's connections that a body is being read; returns a callback for
    /// its end.
    private static Runnable watched(ConnectionMetaData by) {
        SlowConnections slow = by.getConnector() instanceof ContainerLifeCycle connector
                ? connector.getBean(SlowConnections.class)
                : null;
        if (slow == null) {
            return () -> {};
        }
        Connection http = by.getConnection();
        slow.bodyBegins(http);
        return () -> slow.bodyEnds(http);
    }

    /// Returns the connection of a request; null if it is not one of Jetty's.
    private static @Nullable ConnectionMetaData connection(Context context) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
        return request == null ? null : request.getConnectionMetaData();
    }

    private static boolean isTimeout(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private Body tooSlow() {
        return new Body.Refused(
                Refusal.SLOW,
                "The body took longer than " + timeout.toSeconds()
                        + " s to arrive, or was dropped to free memory for other requests");
    }

    private Body tooLarge() {
        return new Body.Refused(Refusal.TOO_LARGE, "A body may have at most " + maxBytes + " bytes");
    }
}
