package lull.whatsapp;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Folder through which customers' files pass: bounded, readable only for this user, locked for this
/// process, and empty after a start, regardless of how the previous process ended. Closing it deletes
/// it, if opening it created it and it is empty.
public final class MediaFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MediaFolder.class);
    private static final String NAMES = "lull-media-";
    private static final String LOCK = "lull.lock";

    /// How many processes of a machine may have a folder in the directory of temporary files.
    private static final int MAX_PROCESSES = 1_000;

    private static final Set<PosixFilePermission> OWNERS_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final Semaphore places;
    private final AtomicLong numbers = new AtomicLong();
    private final boolean isOwn;
    private final @Nullable FileChannel lock;

    private MediaFolder(Path folder, boolean isOwn, int places, @Nullable FileChannel lock) {
        this.folder = folder;
        this.isOwn = isOwn;
        this.places = new Semaphore(places);
        this.lock = lock;
    }

    /// Creates the folder if it does not exist, locks it, and deletes what an earlier process left in
    /// it.
    ///
    /// @param places files that may pass through at the same time
    public static MediaFolder open(Path folder, int places) {
        boolean isOwn = Files.notExists(folder);
        try {
            Files.createDirectories(folder, ownersOnly());
            Optional<FileChannel> lock = lock(folder);
            if (lock.isEmpty()) {
                throw new CannotStart("The folder for files, " + folder
                        + ", is used by another process: give each bridge on a machine a folder of its own");
            }
            clear(folder);
            return new MediaFolder(folder, isOwn, places, lock.get());
        } catch (IOException e) {
            throw new CannotStart("media.folder: " + FileProblem.ofFolder(folder, e), e);
        }
    }

    /// Opens the first folder `<name>-<number>` in a directory that no process uses. What a killed
    /// process left is deleted by the next process that gets the same folder.
    ///
    /// @param among a directory to which everybody may write, such as that of temporary files
    public static MediaFolder ofProcess(Path among, String name, int places) {
        for (int number = 1; number <= MAX_PROCESSES; number++) {
            Path folder = among.resolve(name + "-" + number);
            try {
                Files.createDirectories(folder, ownersOnly());
                if (isOurs(folder)) {
                    Optional<FileChannel> lock = lock(folder);
                    if (lock.isPresent()) {
                        clear(folder);
                        return new MediaFolder(folder, true, places, lock.get());
                    }
                }
            } catch (IOException e) {
                log.atDebug()
                        .addKeyValue("folder", folder)
                        .addKeyValue("error", e.getClass().getSimpleName())
                        .log("Not a folder for files");
            }
        }
        throw new CannotStart("No folder for files can be created in " + among + ": set media.folder");
    }

    /// Opens a folder within this one, for other files; close it before this one.
    public MediaFolder within(String name, int places) {
        Path inner = folder.resolve(name);
        try {
            Files.createDirectories(inner, ownersOnly());
            clear(inner);
        } catch (IOException e) {
            throw new CannotStart(FileProblem.ofFolder(inner, e), e);
        }
        return new MediaFolder(inner, true, places, null);
    }

    /// Takes a place for a file and its converted form; empty if all are taken.
    public Optional<Place> take() {
        return places.tryAcquire() ? Optional.of(new Place(numbers.incrementAndGet())) : Optional.empty();
    }

    /// Returns why a file of that size cannot be written, in words; empty if one can.
    public Optional<String> problem(long bytes) {
        return problem(folder, bytes);
    }

    /// Returns why a file could not be written, if its folder is the cause; empty if the folder is OK.
    public static Optional<String> problemAt(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Optional.empty() : problem(folder, 0);
    }

    private static Optional<String> problem(Path folder, long bytes) {
        return FileProblem.ofWritingTo(folder, bytes).map(words -> MediaSettings.FOLDER.name() + ": " + words);
    }

    /// Returns the path of a file that does not exist yet; the caller deletes it. It takes no place.
    public Path newFile() {
        return folder.resolve(NAMES + "file-" + numbers.incrementAndGet());
    }

    @Override
    public void close() throws IOException {
        FileChannel held = lock;
        if (held != null) {
            Files.deleteIfExists(folder.resolve(LOCK));
            held.close();
        }
        if (isOwn) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                log.atDebug()
                        .addKeyValue("error", e.getMessage())
                        .log("Some files could not be deleted; they are deleted at the next start");
            }
        }
    }

    /// Empty if another process, or another part of this one, has the lock. The system releases the
    /// lock if the process dies.
    private static Optional<FileChannel> lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() != null && Files.exists(folder.resolve(LOCK))) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            log.atDebug().addKeyValue("folder", folder).log("Used in this process");
        }
        channel.close();
        return Optional.empty();
    }

    private static void clear(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, NAMES + "*")) {
            for (Path file : left) {
                delete(file);
            }
        }
    }

    /// Deletes whatever is at a path, which may be a directory created by a converter. Links are not
    /// followed.
    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> inner = Files.newDirectoryStream(path)) {
                for (Path each : inner) {
                    delete(each);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    /// Whether an existing folder belongs to this user alone. Only its owner can change who may read
    /// it.
    private static boolean isOurs(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, OWNERS_ONLY);
        }
        return true;
    }

    /// Place of a file while it passes through. Closing it deletes the files.
    public final class Place implements AutoCloseable {

        private final Path original;
        private final Path converted;

        private Place(long number) {
            this.original = folder.resolve(NAMES + number);
            this.converted = folder.resolve(NAMES + number + "-converted");
        }

        /// The file as it arrived.
        public Path original() {
            return original;
        }

        /// The converted file.
        public Path converted() {
            return converted;
        }

        @Override
        public void close() {
            try {
                delete(original);
                delete(converted);
            } catch (IOException e) {
                // The file has been processed already. The next start deletes it, or fails and reports
                // why.
                log.atWarn()
                        .addKeyValue("folder", folder)
                        .addKeyValue("error", FileProblem.ofFolder(folder, e))
                        .log("A file could not be deleted");
            } finally {
                places.release();
            }
        }
    }

    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS_ONLY)}
                : new FileAttribute<?>[0];
    }
}
