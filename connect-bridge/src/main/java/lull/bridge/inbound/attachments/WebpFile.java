package lull.bridge.inbound.attachments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Structure of a WebP file: the sizes of its canvas and of all its frames. Only the heads of its chunks are read, so
/// the memory needed does not depend on the file. See RFC 9649.
final class WebpFile {

    private static final int CHUNK_HEAD_BYTES = 8;
    private static final int FRAME_HEAD_BYTES = 16;

    /// More than any animation of WhatsApp has.
    private static final int MAX_CHUNKS = 10_000;

    private final SeekableByteChannel file;
    private final long maxPixels;
    private int chunks;
    private int pictures;

    private WebpFile(SeekableByteChannel file, long maxPixels) {
        this.file = file;
        this.maxPixels = maxPixels;
    }

    /// Verdict on a file, by its structure.
    enum Verdict {
        /// It is a WebP file within the limit. The picture itself was not decoded and may be damaged.
        OK,
        /// It is not a WebP file, or a frame does not fit into its canvas.
        DAMAGED,
        /// It has more pixels than allowed.
        TOO_LARGE
    }

    /// Width and height in pixels.
    private record Size(int width, int height) {

        boolean contains(Size inner) {
            return inner.width <= width && inner.height <= height;
        }
    }

    /// Returns whether a file is a WebP file without a frame of more pixels than allowed.
    static Verdict check(Path path, long maxPixels) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            return new WebpFile(file, maxPixels).check();
        } catch (Malformed e) {
            return Verdict.DAMAGED;
        } catch (TooLarge e) {
            return Verdict.TOO_LARGE;
        }
    }

    private Verdict check() throws IOException, Malformed, TooLarge {
        ByteBuffer head = read(0, 12);
        require(name(head).equals("RIFF"));
        long end = CHUNK_HEAD_BYTES + Integer.toUnsignedLong(head.getInt(4));
        require(name(head.position(8)).equals("WEBP") && end <= file.size());
        ByteBuffer first = read(12, CHUNK_HEAD_BYTES);
        if (name(first).equals("VP8X")) {
            ByteBuffer canvas = read(12 + CHUNK_HEAD_BYTES, 10);
            Size size = new Size(1 + threeBytes(canvas, 4), 1 + threeBytes(canvas, 7));
            limit(size);
            chunks(next(12, first), end, size, true);
        } else {
            // A single picture, which is its own canvas.
            picture(12, first, end);
        }
        return pictures == 0 ? Verdict.DAMAGED : Verdict.OK;
    }

    /// Checks all chunks from a position to an end, each of which must lie between them.
    private void chunks(long from, long end, Size canvas, boolean framesAllowed)
            throws IOException, Malformed, TooLarge {
        long at = from;
        while (at + CHUNK_HEAD_BYTES <= end) {
            ByteBuffer head = read(at, CHUNK_HEAD_BYTES);
            chunks++;
            require(chunks <= MAX_CHUNKS && at + CHUNK_HEAD_BYTES + size(head) <= end);
            switch (name(head)) {
                case "VP8 ", "VP8L" -> require(canvas.contains(picture(at, head, end)));
                case "ANMF" -> {
                    require(framesAllowed && size(head) >= FRAME_HEAD_BYTES);
                    frame(at, head, canvas);
                }
                // A nested one would be another canvas.
                case "VP8X", "RIFF" -> throw new Malformed();
                default -> {
                    // Colours, metadata, transparency: they have no size of their own.
                }
            }
            at = next(at, head);
        }
    }

    private void frame(long at, ByteBuffer head, Size canvas) throws IOException, Malformed, TooLarge {
        ByteBuffer frame = read(at + CHUNK_HEAD_BYTES, FRAME_HEAD_BYTES);
        Size size = new Size(1 + threeBytes(frame, 6), 1 + threeBytes(frame, 9));
        require(canvas.contains(
                new Size(2 * threeBytes(frame, 0) + size.width(), 2 * threeBytes(frame, 3) + size.height())));
        chunks(at + CHUNK_HEAD_BYTES + FRAME_HEAD_BYTES, at + CHUNK_HEAD_BYTES + size(head), size, false);
    }

    /// Returns the size of the picture in a chunk.
    private Size picture(long at, ByteBuffer head, long end) throws IOException, Malformed, TooLarge {
        require(at + CHUNK_HEAD_BYTES + size(head) <= end);
        Size size = switch (name(head)) {
            case "VP8 " -> lossy(read(at + CHUNK_HEAD_BYTES, 10));
            case "VP8L" -> lossless(read(at + CHUNK_HEAD_BYTES, 5));
            default -> throw new Malformed();
        };
        limit(size);
        pictures++;
        return size;
    }

    private static Size lossy(ByteBuffer head) throws Malformed {
        require((head.get(0) & 1) == 0 && threeBytes(head, 3) == 0x2a019d);
        return new Size(head.getShort(6) & 0x3fff, head.getShort(8) & 0x3fff);
    }

    private static Size lossless(ByteBuffer head) throws Malformed {
        int bits = head.getInt(1);
        require(head.get(0) == 0x2f);
        return new Size(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
    }

    private void limit(Size size) throws Malformed, TooLarge {
        require(size.width() > 0 && size.height() > 0);
        if ((long) size.width() * size.height() > maxPixels) {
            throw new TooLarge();
        }
    }

    private ByteBuffer read(long at, int bytes) throws IOException, Malformed {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.position(at);
        while (buffer.hasRemaining() && file.read(buffer) >= 0) {
            // A read may return only a piece of the file.
        }
        require(!buffer.hasRemaining());
        return buffer.flip();
    }

    private static String name(ByteBuffer head) {
        byte[] name = new byte[4];
        head.get(head.position(), name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static long size(ByteBuffer head) {
        return Integer.toUnsignedLong(head.getInt(4));
    }

    /// Returns where the chunk after this one begins: at an even position.
    private static long next(long at, ByteBuffer head) {
        return at + CHUNK_HEAD_BYTES + size(head) + (size(head) & 1);
    }

    private static int threeBytes(ByteBuffer bytes, int at) {
        return (bytes.get(at) & 0xff) | (bytes.get(at + 1) & 0xff) << 8 | (bytes.get(at + 2) & 0xff) << 16;
    }

    private static void require(boolean isWellFormed) throws Malformed {
        if (!isWellFormed) {
            throw new Malformed();
        }
    }

    /// Failure of a file that is not a WebP file.
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;
    }

    /// Failure of a picture with too many pixels.
    private static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;
    }
}
