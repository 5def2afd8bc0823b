package lull.lanes;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Text form of finished ranges in a commit's metadata: `r1:` and, in base64url, for each range the
/// distance from the end of the one before it and its length, as variable-length numbers. Pure.
final class FinishedRanges {

    private static final String PREFIX = "r1:";

    private FinishedRanges() {}

    /// Encodes ranges (start, inclusive, to end, exclusive) above a base. The highest ones are omitted
    /// if the text would be longer than `maxCharacters`: their records are handled again after a
    /// restart.
    static String encode(long base, NavigableMap<Long, Long> ranges, int maxCharacters) {
        if (ranges.isEmpty()) {
            return "";
        }
        int room = Math.max(0, (maxCharacters - PREFIX.length()) / 4 * 3);
        ByteBuffer bytes = ByteBuffer.allocate(room);
        long end = base;
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            long distance = range.getKey() - end;
            long length = range.getValue() - range.getKey();
            if (size(distance) + size(length) > bytes.remaining()) {
                break;
            }
            write(bytes, distance);
            write(bytes, length);
            end = range.getValue();
        }
        bytes.flip();
        byte[] written = new byte[bytes.remaining()];
        bytes.get(written);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(written);
    }

    /// Decodes what [#encode] wrote; empty for anything else. An empty text means no ranges.
    static Optional<NavigableMap<Long, Long>> decode(long base, String text) {
        NavigableMap<Long, Long> ranges = new TreeMap<>();
        if (text.isEmpty()) {
            return Optional.of(ranges);
        }
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
            long end = base;
            while (bytes.hasRemaining()) {
                long start = Math.addExact(end, read(bytes));
                end = Math.addExact(start, read(bytes));
                if (end <= start) {
                    return Optional.empty();
                }
                ranges.put(start, end);
            }
            return Optional.of(ranges);
        } catch (IllegalArgumentException | ArithmeticException | java.nio.BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static int size(long number) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 6) / 7);
    }

    private static void write(ByteBuffer bytes, long number) {
        long rest = number;
        while (rest > 0x7f) {
            bytes.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long read(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            byte next = bytes.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new ArithmeticException("A number of more than 63 bits");
    }
}
