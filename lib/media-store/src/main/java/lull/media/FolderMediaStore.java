package lull.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import lull.contract.KeptFile;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Store in a folder, with the file `ab/abcdef…` for the digest `abcdef…`. The time of a file's last
/// change is when it was put last. Everything in the folder with another kind of name belongs to
/// somebody else.
final class FolderMediaStore implements MediaStore {

    private static final Logger log = LoggerFactory.getLogger(FolderMediaStore.class);

    /// Prefix of the name of a file while it is written.
    private static final String HALF = ".half-";

    /// Age after which a partly written file is no longer being written.
    private static final Duration HALF_AFTER = Duration.ofHours(1);

    /// Room for the largest file that WhatsApp transports; with less the store is full.
    private static final long ROOM = 100L << 20;

    private static final Pattern SHELF = Pattern.compile("[0-9a-f]{2}");

    private final Path folder;
    private final Duration kept;
    private final InstantSource clock;

    private FolderMediaStore(Path folder, Duration kept, InstantSource clock) {
        this.folder = folder;
        this.kept = kept;
        this.clock = clock;
    }

    /// Creates the folder if it does not exist, readable for this user and the user's group only.
    ///
    /// @param kept how long a file is kept after it was put last
    static FolderMediaStore open(Path folder, Duration kept, InstantSource clock) {
        try {
            Files.createDirectories(folder, forGroup("rwxrwx---"));
        } catch (IOException e) {
            throw new CannotStart(MediaStoreSettings.KEPT.name() + ": " + FileProblem.ofFolder(folder, e), e);
        }
        return new FolderMediaStore(folder, kept, clock);
    }

    @Override
    public Optional<String> put(String sha256, MediaBytes bytes) {
        Path place = place(sha256);
        try {
            if (!isRenewed(place)) {
                write(place, bytes);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(words(e));
        }
    }

    private boolean isRenewed(Path place) throws IOException {
        try {
            Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void write(Path place, MediaBytes bytes) throws IOException {
        Path shelf = folder.resolve(place.getName(place.getNameCount() - 2));
        try {
            // Not its parents: a folder that is not mounted must not be created on another disk.
            Files.createDirectory(shelf, forGroup("rwxrwx---"));
        } catch (FileAlreadyExistsException e) {
            log.atTrace().addKeyValue("folder", shelf).log("It exists");
        }
        Path half = shelf.resolve(HALF + UUID.randomUUID());
        try {
            Files.createFile(half, forGroup("rw-rw----"));
            try (InputStream in = bytes.open();
                    FileChannel out = FileChannel.open(half, StandardOpenOption.WRITE)) {
                in.transferTo(Channels.newOutputStream(out));
                out.force(true);
            }
            Files.setLastModifiedTime(half, FileTime.from(clock.instant()));
            // There is never an incomplete file under the final name.
            Files.move(half, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("its file system cannot rename atomically", e);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    @Override
    public Opened open(String sha256) {
        try {
            FileChannel file = FileChannel.open(place(sha256), StandardOpenOption.READ);
            return new Opened.Found(Channels.newInputStream(file), file.size());
        } catch (NoSuchFileException e) {
            return Files.isDirectory(folder) ? new Opened.Missing() : new Opened.Unavailable(words(e));
        } catch (IOException e) {
            return new Opened.Unavailable(words(e));
        }
    }

    @Override
    public Optional<String> delete(String sha256) {
        try {
            boolean isDeleted = Files.deleteIfExists(place(sha256));
            return isDeleted || Files.isDirectory(folder)
                    ? Optional.empty()
                    : Optional.of(words(new NoSuchFileException(folder.toString())));
        } catch (IOException e) {
            return Optional.of(words(e));
        }
    }

    @Override
    public Optional<String> problem() {
        return FileProblem.ofWritingTo(folder, ROOM).map(words -> MediaStoreSettings.KEPT.name() + ": " + words);
    }

    /// Deletes files whose retention has ended, and incomplete ones of processes that were killed.
    /// Several processes may do so at once.
    void deleteOld() {
        Instant now = clock.instant();
        int deleted = 0;
        try (DirectoryStream<Path> shelves = Files.newDirectoryStream(folder)) {
            for (Path shelf : shelves) {
                if (SHELF.matcher(shelf.getFileName().toString()).matches()) {
                    deleted += deleteOld(shelf, now);
                }
            }
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", words(e))
                    .log("Old files could not be deleted from the media store; this is retried in an hour");
        }
        if (deleted > 0) {
            log.atInfo().addKeyValue("files", deleted).log("Files whose retention has ended were deleted");
        }
    }

    private int deleteOld(Path shelf, Instant now) throws IOException {
        int deleted = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shelf)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean isHalf = name.startsWith(HALF);
                if ((isHalf || KeptFile.isDigest(name)) && isBefore(file, now.minus(isHalf ? HALF_AFTER : kept))) {
                    deleted += Files.deleteIfExists(file) && !isHalf ? 1 : 0;
                }
            }
        }
        return deleted;
    }

    /// Whether a file was changed last before a time; false if another process has just deleted it.
    private static boolean isBefore(Path file, Instant oldest) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path place(String sha256) {
        if (!KeptFile.isDigest(sha256)) {
            throw new IllegalArgumentException("A file is named by its digest");
        }
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private String words(IOException e) {
        return MediaStoreSettings.KEPT.name() + ": " + FileProblem.ofFolder(folder, e);
    }

    private static FileAttribute<?>[] forGroup(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
