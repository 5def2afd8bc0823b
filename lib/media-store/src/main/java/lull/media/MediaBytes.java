package lull.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes of a file that is to be kept, which can be read several times.
public interface MediaBytes {

    /// Opens them from their beginning; the caller closes the stream.
    InputStream open() throws IOException;

    /// Returns how many there are.
    long size() throws IOException;

    /// Returns the bytes of a file on disk, which must not change meanwhile.
    static MediaBytes of(Path file) {
        return new MediaBytes() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public long size() throws IOException {
                return Files.size(file);
            }
        };
    }

    /// Returns bytes in memory, which must not change meanwhile.
    static MediaBytes of(byte[] bytes) {
        return new MediaBytes() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public long size() {
                return bytes.length;
            }
        };
    }
}
