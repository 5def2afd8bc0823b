package lull.bridge.inbound.attachments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Reader of the packets of the first Opus stream in an Ogg file, and of streams that are chained to
/// it. Pages with a wrong checksum are skipped, as are bytes between pages. It holds one page and one
/// packet in memory. See RFC 3533 and RFC 7845. Not safe for several threads.
final class OggReader {

    private static final byte[] CAPTURE = "OggS".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPUS_HEAD = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = 27;
    private static final int CHECKSUM_OFFSET = 22;
    private static final int CONTINUED = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;
    private static final int FULL_SEGMENT = 255;

    /// Maximum size of a packet that is kept complete: more than any packet of Opus.
    private static final int MOST_PACKET_BYTES = 65_536;

    private static final int[] CRC = crcTable();

    private final InputStream in;
    private final Deque<Packet> ready = new ArrayDeque<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private boolean hasPartial;
    private boolean isFollowing;
    private boolean hasBody;
    private int serial;

    /// A packet.
    static final class Packet {

        private final byte[] data;
        private final boolean isHead;
        private final boolean isLast;
        private final long granule;

        private Packet(byte[] data, boolean isHead, boolean isLast, long granule) {
            this.data = data;
            this.isHead = isHead;
            this.isLast = isLast;
            this.granule = granule;
        }

        byte[] data() {
            return data;
        }

        /// Whether it is the head of an Opus stream.
        boolean isHead() {
            return isHead;
        }

        /// Whether it is the last packet of its stream.
        boolean isLast() {
            return isLast;
        }

        /// Returns the position at its end in samples, at 48,000 a second; -1 if it does not say.
        long granule() {
            return granule;
        }
    }

    /// @param in buffered
    OggReader(InputStream in) {
        this.in = in;
    }

    /// Returns the next packet; null at the end of the file.
    @Nullable
    Packet next() throws IOException {
        while (ready.isEmpty()) {
            if (!findPage()) {
                return null;
            }
            readPage();
        }
        return ready.poll();
    }

    /// Reads past the mark of a page. Returns false at the end of the file.
    private boolean findPage() throws IOException {
        int matched = 0;
        while (matched < CAPTURE.length) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            matched = next == CAPTURE[matched] ? matched + 1 : next == CAPTURE[0] ? 1 : 0;
        }
        return true;
    }

    private void readPage() throws IOException {
        byte[] head = new byte[HEAD_BYTES];
        System.arraycopy(CAPTURE, 0, head, 0, CAPTURE.length);
        if (in.readNBytes(head, CAPTURE.length, HEAD_BYTES - CAPTURE.length) < HEAD_BYTES - CAPTURE.length) {
            return;
        }
        byte[] sizes = in.readNBytes(head[HEAD_BYTES - 1] & 0xff);
        int bytes = 0;
        for (byte size : sizes) {
            bytes += size & 0xff;
        }
        byte[] body = in.readNBytes(bytes);
        if (sizes.length == (head[HEAD_BYTES - 1] & 0xff) && body.length == bytes && isIntact(head, sizes, body)) {
            take(head[5], littleEndian(head, 14, 4), littleEndian(head, 6, 8), sizes, body);
        }
    }

    private void take(int flags, long pageSerial, long granule, byte[] sizes, byte[] body) {
        boolean isFirst = (flags & FIRST) != 0;
        if (isFirst && startsWith(body, OPUS_HEAD) && (!isFollowing || hasBody)) {
            isFollowing = true;
            hasBody = false;
            serial = (int) pageSerial;
            drop();
        } else if (!isFollowing || serial != (int) pageSerial) {
            return;
        } else {
            hasBody = true;
        }
        if ((flags & CONTINUED) == 0) {
            drop();
        }
        boolean isKnown = (flags & CONTINUED) == 0 || hasPartial;
        int at = 0;
        for (int segment = 0; segment < sizes.length; segment++) {
            int size = sizes[segment] & 0xff;
            if (partial.size() + size <= MOST_PACKET_BYTES) {
                partial.write(body, at, size);
            }
            at += size;
            hasPartial = true;
            if (size < FULL_SEGMENT) {
                boolean isLastOfPage = isLastOfPage(sizes, segment);
                if (isKnown) {
                    byte[] data = partial.toByteArray();
                    ready.add(new Packet(
                            data,
                            isFirst && startsWith(data, OPUS_HEAD),
                            isLastOfPage && (flags & LAST) != 0,
                            isLastOfPage ? granule : -1));
                }
                isKnown = true;
                drop();
            }
        }
        if (!isKnown) {
            drop();
        }
    }

    private static boolean isLastOfPage(byte[] sizes, int segment) {
        for (int next = segment + 1; next < sizes.length; next++) {
            if ((sizes[next] & 0xff) < FULL_SEGMENT) {
                return false;
            }
        }
        return true;
    }

    private void drop() {
        partial.reset();
        hasPartial = false;
    }

    private static boolean isIntact(byte[] head, byte[] sizes, byte[] body) {
        int expected = (int) littleEndian(head, CHECKSUM_OFFSET, 4);
        byte[] unsummed = head.clone();
        Arrays.fill(unsummed, CHECKSUM_OFFSET, CHECKSUM_OFFSET + 4, (byte) 0);
        return crc(crc(crc(0, unsummed), sizes), body) == expected;
    }

    static int crc(int before, byte[] bytes) {
        int crc = before;
        for (byte one : bytes) {
            crc = (crc << 8) ^ CRC[((crc >>> 24) ^ one) & 0xff];
        }
        return crc;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int index = 0; index < table.length; index++) {
            int value = index << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
            }
            table[index] = value;
        }
        return table;
    }

    private static long littleEndian(byte[] bytes, int offset, int count) {
        long value = 0;
        for (int at = count - 1; at >= 0; at--) {
            value = (value << 8) | (bytes[offset + at] & 0xff);
        }
        return value;
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
