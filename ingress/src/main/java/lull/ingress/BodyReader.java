package lull.ingress;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import lull.ingress.IngressMetrics.Outcome;

/// Takes the bodies of requests in, within bounds: so many bytes, for so long, and never unpacked.
final class BodyReader {

    private static final int FIRST_BYTES = 8 * 1024;

    private final int maxBytes;
    private final Duration timeout;

    /// @param maxBytes the largest body
    /// @param timeout how long a body may take to arrive
    BodyReader(int maxBytes, Duration timeout) {
        this.maxBytes = maxBytes;
        this.timeout = timeout;
    }

    /// What became of a body.
    sealed interface Body {

        /// It is there, byte for byte.
        @SuppressWarnings("ArrayRecordComponent") // Never compared.
        record Whole(byte[] bytes) implements Body {}

        /// It was not taken, and this is the answer.
        record Refused(Outcome outcome, HttpStatus status, String error) implements Body {}
    }

    /// Reads the body of a request. A sender that is still writing when the connection closes would never read the
    /// answer, so that of a body that is refused a little more is taken.
    Body read(Context context, InFlight.Hold hold) {
        String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            discard(context);
            return new Body.Refused(
                    Outcome.ENCODED,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "A body is taken as it is, without a Content-Encoding");
        }
        if (context.contentLength() > maxBytes) {
            discard(context);
            return tooLarge();
        }
        try {
            return read(context.bodyInputStream(), context.contentLength(), hold);
        } catch (IOException e) {
            return new Body.Refused(Outcome.BROKEN, HttpStatus.BAD_REQUEST, "The body did not arrive whole");
        }
    }

    /// Takes what is left of a body that is not looked at, up to the largest that would be.
    void discard(Context context) {
        try {
            discard(context.bodyInputStream(), System.nanoTime());
        } catch (IOException e) {
            // Whoever has gone needs no answer.
        }
    }

    private Body read(InputStream in, int announced, InFlight.Hold hold) throws IOException {
        long start = System.nanoTime();
        byte[] buffer = new byte[announced < 0 ? FIRST_BYTES : Math.min(announced, FIRST_BYTES)];
        int count = 0;
        boolean room = hold.more(buffer.length);
        while (room) {
            int read = in.read(buffer, count, buffer.length - count);
            if (read < 0) {
                break;
            }
            count += read;
            if (isLate(start)) {
                return new Body.Refused(
                        Outcome.SLOW,
                        HttpStatus.REQUEST_TIMEOUT,
                        "The body took longer than " + timeout.toSeconds() + " s to arrive");
            }
            if (count == buffer.length) {
                if (count == announced) {
                    break;
                }
                if (count > maxBytes) {
                    discard(in, start);
                    return tooLarge();
                }
                int larger = announced < 0 ? Math.min(2 * count, maxBytes + 1) : Math.min(2 * count, announced);
                room = hold.more(larger - count);
                buffer = room ? Arrays.copyOf(buffer, larger) : buffer;
            }
        }
        if (!room) {
            discard(in, start);
            return new Body.Refused(
                    Outcome.OVERLOADED, HttpStatus.SERVICE_UNAVAILABLE, "Too much is being taken in; send it again");
        }
        return new Body.Whole(count == buffer.length ? buffer : Arrays.copyOf(buffer, count));
    }

    private void discard(InputStream in, long start) throws IOException {
        byte[] buffer = new byte[FIRST_BYTES];
        long left = maxBytes;
        int read = 0;
        while (left > 0 && read >= 0 && !isLate(start)) {
            left -= read;
            read = in.read(buffer);
        }
    }

    private boolean isLate(long start) {
        return System.nanoTime() - start > timeout.toNanos();
    }

    private Body tooLarge() {
        return new Body.Refused(
                Outcome.TOO_LARGE, HttpStatus.CONTENT_TOO_LARGE, "A body has at most " + maxBytes + " bytes");
    }
}
