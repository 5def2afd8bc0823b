package lull.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import lull.runtime.CannotStart;

/// The folder of a local system, which one process at a time has. The broker has a lock of its own, but it writes
/// the cluster's metadata before it looks at it, and `--fresh` clears before the broker starts.
final class DataFolder implements AutoCloseable {

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes a folder until it is closed, and makes it where it is not there. Throws [CannotStart] where another
    /// process has it.
    static DataFolder take(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw CannotStart.because(
                    "The local system cannot start:",
                    List.of("the data folder " + directory
                            + " is in use by another `lull local`: choose another with --data"));
        }
        return new DataFolder(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
