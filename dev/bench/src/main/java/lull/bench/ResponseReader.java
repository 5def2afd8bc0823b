package lull.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reader of HTTP/1.1 answers from a connection, in whatever pieces they come: the status line, and as many
/// bytes of body as `Content-Length` says. Chunked bodies are an error, as no server here sends any.
final class ResponseReader {

    /// The answer is not whole yet.
    static final int MORE = -1;

    private static final int MAX_LINE_BYTES = 8192;
    private static final int UNKNOWN = -1;
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding:";

    private final byte[] line = new byte[MAX_LINE_BYTES];

    private Part part = Part.STATUS;
    private int lineBytes;
    private int status;
    private long bodyBytes = UNKNOWN;

    private enum Part {
        STATUS,
        HEADERS,
        BODY
    }

    /// Takes bytes up to the end of one answer, and leaves what comes after it. Returns the status of the
    /// answer, or [#MORE] where all bytes were taken and it is not whole. Throws where this is no answer.
    int read(ByteBuffer bytes) throws IOException {
        while (part != Part.BODY && bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                endLine();
            } else if (lineBytes == MAX_LINE_BYTES) {
                throw new IOException("A line of the answer has more than " + MAX_LINE_BYTES + " bytes");
            } else {
                line[lineBytes++] = next;
            }
        }
        if (part != Part.BODY) {
            return MORE;
        }
        int taken = (int) Math.min(bodyBytes, bytes.remaining());
        bytes.position(bytes.position() + taken);
        bodyBytes -= taken;
        if (bodyBytes > 0) {
            return MORE;
        }
        part = Part.STATUS;
        bodyBytes = UNKNOWN;
        return status;
    }

    private void endLine() throws IOException {
        int length = lineBytes > 0 && line[lineBytes - 1] == '\r' ? lineBytes - 1 : lineBytes;
        lineBytes = 0;
        if (part == Part.STATUS) {
            status = status(text(length));
            part = Part.HEADERS;
        } else if (length == 0) {
            endHead();
        } else if (mayMatter(line[0])) {
            header(text(length));
        }
    }

    private void endHead() throws IOException {
        if (status < 200) {
            // An interim answer: the real one follows.
            part = Part.STATUS;
            bodyBytes = UNKNOWN;
            return;
        }
        if (status == 204 || status == 304) {
            bodyBytes = 0;
        }
        if (bodyBytes == UNKNOWN) {
            throw new IOException("The answer has no Content-Length");
        }
        part = Part.BODY;
    }

    private void header(String header) throws IOException {
        if (startsWith(header, LENGTH)) {
            try {
                bodyBytes = Long.parseLong(header.substring(LENGTH.length()).strip());
            } catch (NumberFormatException e) {
                throw new IOException("The answer's Content-Length is no number", e);
            }
            if (bodyBytes < 0) {
                throw new IOException("The answer's Content-Length is negative");
            }
        } else if (startsWith(header, CHUNKED)) {
            throw new IOException("The answer has a Transfer-Encoding");
        }
    }

    /// Whether a header with this first letter may be one that is read; most are not.
    private static boolean mayMatter(byte first) {
        return first == 'C' || first == 'c' || first == 'T' || first == 't';
    }

    private static boolean startsWith(String header, String name) {
        return header.length() >= name.length()
                && header.substring(0, name.length()).toLowerCase(Locale.ROOT).equals(name);
    }

    private static int status(String text) throws IOException {
        if (text.length() < 12 || !text.startsWith("HTTP/1.1 ") || (text.length() > 12 && text.charAt(12) != ' ')) {
            throw new IOException("This is no HTTP/1.1 answer");
        }
        try {
            int status = Integer.parseInt(text, 9, 12, 10);
            if (status >= 100) {
                return status;
            }
            throw new IOException("The answer's status is no status: " + status);
        } catch (NumberFormatException e) {
            throw new IOException("The answer's status is no number", e);
        }
    }

    private String text(int length) {
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }
}
