package lull.runtime.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reader of the files that settings come from. It accepts regular files of a limited size only: a pipe or a device
/// could wait or go on forever.
final class SettingsFile {

    /// The maximum size; all settings with their descriptions have some 50 kB.
    static final int MOST_BYTES = 1 << 20;

    private SettingsFile() {}

    /// Returns the text of a file. Throws `IOException`, whose message is a reason in words where no type of exception
    /// says it, if the file cannot be read, or is not text in UTF-8.
    static String read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new IOException("it is a pipe or a device, and must be a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is larger than 1 MiB, so it is not what you meant");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }
}
