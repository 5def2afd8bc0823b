package lull.bridge.inbound.attachments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStreamImpl;

/// Input of a picture decoder that fails when it is read too often beyond its end. The decoder of
/// lossless WebP treats the end as zeros. Without this class it would decode a truncated picture to its
/// last pixel, with an exception for each. A complete picture is read beyond its end a few times,
/// because bits are read ahead.
final class EndingInput extends ImageInputStreamImpl {

    /// More than the 64 bits that are read ahead, each of which may be requested alone.
    private static final int MAX_READS_BEYOND_END = 1_000;

    private final ByteBuffer bytes;
    private int readsBeyondEnd;

    EndingInput(ByteBuffer bytes) {
        this.bytes = bytes.duplicate();
    }

    /// Returns the content of a file, outside the heap.
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
