package lull.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Some messages in one array: the length and the bytes of each.
final class Frames {

    static final byte[] NONE = {};

    private Frames() {}

    /// The frames with one more message.
    static byte[] join(byte[] frames, byte[] message) {
        byte[] longer = Arrays.copyOf(frames, frames.length + Integer.BYTES + message.length);
        ByteBuffer.wrap(longer, frames.length, longer.length - frames.length)
                .putInt(message.length)
                .put(message);
        return longer;
    }

    static byte[] concat(byte[] earlier, byte[] later) {
        if (earlier.length == 0) {
            return later;
        }
        byte[] both = Arrays.copyOf(earlier, earlier.length + later.length);
        System.arraycopy(later, 0, both, earlier.length, later.length);
        return both;
    }

    /// The messages, in the order in which they joined.
    static List<byte[]> split(byte[] frames) {
        List<byte[]> messages = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(frames);
        while (in.hasRemaining()) {
            byte[] message = new byte[in.getInt()];
            in.get(message);
            messages.add(message);
        }
        return messages;
    }
}
