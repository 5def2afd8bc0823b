package lull.bridge.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import lull.runtime.CannotStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder through which customers' files pass: bounded, readable for this user only, and empty after a start.
/// One process uses it at a time. Closing it deletes it, if it was made by opening it and nothing is left in it.
public final class MediaFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MediaFolder.class);
    private static final String NAMES = "lull-media-";

    private final Path folder;
    private final Semaphore places;
    private final AtomicLong numbers = new AtomicLong();
    private final boolean isOwn;

    private MediaFolder(Path folder, boolean isOwn, int places) {
        this.folder = folder;
        this.isOwn = isOwn;
        this.places = new Semaphore(places);
    }

    /// Makes the folder where there is none, and clears it of what a former process has left.
    ///
    /// @param places files that may pass through at the same time
    public static MediaFolder open(Path folder, int places) {
        boolean isOwn = Files.notExists(folder);
        try {
            Files.createDirectories(folder, ownersOnly());
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, NAMES + "*")) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new CannotStart("The folder for files, " + folder + ", cannot be used", e);
        }
        return new MediaFolder(folder, isOwn, places);
    }

    /// A place for a file and for what it is converted to; empty where all are taken.
    public Optional<Place> take() {
        return places.tryAcquire() ? Optional.of(new Place(numbers.incrementAndGet())) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (isOwn) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                log.atDebug().addKeyValue("error", e.getMessage()).log("Files are left, and cleared at the next start");
            }
        }
    }

    /// Where a file lies while it passes through. Closing it deletes what is there.
    public final class Place implements AutoCloseable {

        private final Path original;
        private final Path converted;

        private Place(long number) {
            this.original = folder.resolve(NAMES + number);
            this.converted = folder.resolve(NAMES + number + "-converted");
        }

        /// The file as it came.
        public Path original() {
            return original;
        }

        /// The file in another form.
        public Path converted() {
            return converted;
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(original);
                Files.deleteIfExists(converted);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                places.release();
            }
        }
    }

    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
