package lull.bridge.inbound.attachments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStreamImpl;

/// Input of a picture decoder that fails once it is read beyond its end too often. The decoder of
/// lossless WebP takes the end for zeros, and would decode a picture of which only the head is
/// there to its last pixel, at the price of an exception for each. A whole picture is read beyond
/// its end a few times, because bits are read ahead.
final class EndingInput extends ImageInputStreamImpl {

    /// More than the 64 bits that are read ahead, each of which may be asked for alone.
    private static final int MAX_READS_BEYOND_END = 1_000;

    private final ByteBuffer bytes;
    private int readsBeyondEnd;

    EndingInput(ByteBuffer bytes) {
        this.bytes = bytes.duplicate();
    }

    /// The content of a file, outside the heap.
    static EndingInput of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return new EndingInput(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        if (isAtEnd()) {
            return -1;
        }
        return bytes.get((int) streamPos++) & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, bytes.limit() - (int) streamPos);
        bytes.get((int) streamPos, into, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.limit();
    }

    private boolean isAtEnd() throws IOException {
        if (streamPos < bytes.limit()) {
            return false;
        }
        readsBeyondEnd++;
        if (readsBeyondEnd > MAX_READS_BEYOND_END) {
            // Not an EOFException, which the decoder tolerates.
            throw new IOException("the picture ends too early");
        }
        return true;
    }
}
