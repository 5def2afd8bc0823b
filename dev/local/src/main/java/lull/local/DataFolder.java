package lull.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.runtime.CannotStart;
import org.jspecify.annotations.Nullable;

/// The data folder of a local system, which one process at a time uses. The broker has a lock of its own, but it writes
/// the cluster's metadata before it checks it, and [#clear()] runs before the broker starts.
///
/// A folder that was new or empty when Lull first used it holds [#MARK]. Nothing is ever deleted in any other folder,
/// as nobody can tell whether its `kafka`, `state` and `archive` are Lull's.
final class DataFolder implements AutoCloseable {

    /// Name of the file by which a folder is known as Lull's own.
    static final String MARK = "lull-data-folder.txt";

    /// Name of the file that is locked while a process uses the folder.
    static final String LOCK = "in-use.lock";

    private static final String MARK_LINE = "This folder belongs to lull local.";

    private static final String MARK_TEXT = MARK_LINE
            + "\nlull local --fresh deletes the folders kafka, state and archive beside this file, and nothing else.\n";

    /// The folder of the archive's database.
    static final String ARCHIVE = "archive";

    /// The folders in which broker, aggregator and archive keep their data.
    private static final List<String> DATA = List.of("kafka", "state", ARCHIVE);

    private final Path directory;
    private final FileChannel channel;

    private DataFolder(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /// Takes a folder until it is closed, and creates it if it does not exist. Throws [CannotStart] if another process
    /// uses it or it cannot be written.
    static DataFolder take(Path directory) {
        try {
            Files.createDirectories(directory);
            boolean isNew = isUnused(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw cannotStart("the data folder " + directory
                        + " is in use by another `lull local`: choose another with --data");
            }
            if (isNew) {
                Files.writeString(directory.resolve(MARK), MARK_TEXT);
            }
            return new DataFolder(directory, channel);
        } catch (IOException e) {
            throw cannotStart(
                    "the data folder " + directory + " cannot be used (" + e + "): choose another with --data", e);
        }
    }

    /// Deletes what broker, aggregator and archive of an earlier run have stored, and nothing else in the folder.
    /// Links are removed, what they point to is not. Throws [CannotStart] if the folder is not known to be Lull's;
    /// nothing is deleted then.
    void clear() {
        if (Files.isSymbolicLink(directory)) {
            throw refusal("it is a symbolic link: name the folder itself with --data");
        }
        if (!isMarked(directory)) {
            throw refusal("it has no file " + MARK + ", so Lull did not create it, or an earlier version did. If its"
                    + " folders kafka, state and archive hold nothing that you need, delete them yourself and start"
                    + " without --fresh; else choose another folder with --data");
        }
        for (String name : DATA) {
            Path data = directory.resolve(name);
            if (Files.exists(data, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS)) {
                throw refusal(data + " is no folder, or a link to one, which Lull does not create: move it away, or"
                        + " choose another folder with --data");
            }
        }
        for (String name : DATA) {
            Path data = directory.resolve(name);
            try {
                delete(data);
            } catch (IOException e) {
                throw cannotStart("the old data in " + data + " cannot be deleted (" + e + "): delete it yourself", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Whether a folder holds nothing, or nothing but what [#take(Path)] itself creates first.
    private static boolean isUnused(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Set<String> names =
                    files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
            names.removeAll(Set.of(LOCK, MARK));
            return names.isEmpty();
        }
    }

    private static boolean isMarked(Path directory) {
        Path mark = directory.resolve(MARK);
        try {
            return Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)
                    && Files.readString(mark).startsWith(MARK_LINE);
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private CannotStart refusal(String reason) {
        return cannotStart("--fresh deletes nothing in " + directory + ": " + reason);
    }

    private static CannotStart cannotStart(String problem) {
        return CannotStart.because("The local system cannot start:", List.of(problem));
    }

    private static CannotStart cannotStart(String problem, Throwable cause) {
        CannotStart failure = cannotStart(problem);
        failure.initCause(cause);
        return failure;
    }
}
