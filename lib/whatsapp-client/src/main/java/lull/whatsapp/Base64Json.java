package lull.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import lull.contract.json.Json;

/// JSON with a file in base64, which is read from the disk whenever the JSON is written, so that it is never in memory
/// as a whole. Safe for several threads.
public final class Base64Json {

    /// Divides by three, so that the pieces of the base64 fit together.
    private static final int PIECE = 3 * 16 * 1024;

    private final byte[] before;
    private final byte[] after;
    private final Path file;
    private final long bytes;

    private Base64Json(byte[] before, byte[] after, Path file, long bytes) {
        this.before = before;
        this.after = after;
        this.file = file;
        this.bytes = bytes;
    }

    /// Returns JSON with a file.
    ///
    /// @param body returns the JSON with a text in the one place where the file belongs
    public static Base64Json of(OutgoingFile file, Function<String, ObjectNode> body) {
        String place = "file-" + UUID.randomUUID();
        String json = Json.text(body.apply(place));
        int at = json.indexOf(place);
        if (at < 0 || json.indexOf(place, at + 1) >= 0) {
            throw new IllegalArgumentException("The JSON needs one place for the file");
        }
        return new Base64Json(
                json.substring(0, at).getBytes(StandardCharsets.UTF_8),
                json.substring(at + place.length()).getBytes(StandardCharsets.UTF_8),
                file.path(),
                file.bytes());
    }

    /// Returns the body of a request, whose length is known.
    public BodyPublisher publisher() {
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(this::stream), before.length + 4 * ((bytes + 2) / 3) + after.length);
    }

    /// Writes the JSON.
    public void writeTo(OutputStream output) throws IOException {
        try (InputStream all = stream()) {
            all.transferTo(output);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private InputStream stream() {
        try {
            return new SequenceInputStream(Collections.enumeration(List.of(
                    new ByteArrayInputStream(before),
                    new Encoded(Files.newInputStream(file)),
                    new ByteArrayInputStream(after))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The base64 of a stream. Not safe for several threads.
    private static final class Encoded extends InputStream {

        private final InputStream plain;
        private byte[] piece = new byte[0];
        private int at;

        Encoded(InputStream plain) {
            this.plain = plain;
        }

        @Override
        public int read() throws IOException {
            return isOver() ? -1 : piece[at++] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (isOver()) {
                return -1;
            }
            int count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, offset, count);
            at += count;
            return count;
        }

        private boolean isOver() throws IOException {
            if (at == piece.length) {
                byte[] next = plain.readNBytes(PIECE);
                piece = Base64.getEncoder().encode(next);
                at = 0;
            }
            return at == piece.length;
        }

        @Override
        public void close() throws IOException {
            plain.close();
        }
    }

    @Override
    public String toString() {
        return "Base64Json[" + bytes + " bytes]";
    }
}
