package lull.bridge.inbound.attachments;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Store in a folder that the operator's web server serves: `<folder>/<key>/<name>` is
/// `<base>/<key>/<name>`. Files that are too old are deleted when a new one arrives; the folder is
/// searched for them at most once an hour. Several bridges may share it. Safe for several threads.
final class FolderStore implements FileStore {

    private static final Logger log = LoggerFactory.getLogger(FolderStore.class);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    /// Prefix of the name of a file while it is written; no label's name has it.
    private static final String HALF = ".half-";

    /// Age after which a partly written file is no longer being written.
    private static final Duration HALF_AFTER = Duration.ofHours(1);

    /// Folders that are deleted when they are old. Everything else in the folder belongs to somebody
    /// else.
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Path folder;
    private final URI base;
    private final Duration kept;
    private final InstantSource clock;
    private Instant nextSweep = Instant.MIN;

    private FolderStore(Path folder, URI base, Duration kept, InstantSource clock) {
        this.folder = folder;
        this.base = base;
        this.kept = kept;
        this.clock = clock;
    }

    /// Creates the folder if it does not exist.
    ///
    /// @param base under which the folder is served
    /// @param kept how long files are kept
    public static FolderStore open(Path folder, URI base, Duration kept, InstantSource clock) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CannotStart(StoreSettings.FOLDER.name() + ": " + FileProblem.ofFolder(folder, e), e);
        }
        FolderStore store = new FolderStore(folder, base, kept, clock);
        store.sweep();
        return store;
    }

    /// Returns why no file can be kept, in words; empty if one can.
    public Optional<String> problem() {
        return FileProblem.ofWritingTo(folder, 0).map(words -> StoreSettings.FOLDER.name() + ": " + words);
    }

    @Override
    public Kept keep(Path file, Label label) {
        try {
            sweep();
            Path place = Files.createDirectories(folder.resolve(label.key()));
            // There is never an incomplete file under the final name.
            Path half = place.resolve(HALF + UUID.randomUUID());
            try {
                Files.copy(file, half);
                Files.move(half, place.resolve(label.name()), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
            return new Kept.At(Links.under(base, label));
        } catch (IOException e) {
            return new Kept.Retry(StoreSettings.FOLDER.name() + ": " + FileProblem.ofFolder(folder, e));
        }
    }

    private synchronized void sweep() {
        Instant now = clock.instant();
        if (now.isBefore(nextSweep)) {
            return;
        }
        nextSweep = now.plus(SWEEP_EVERY);
        Instant oldest = now.minus(kept);
        try (DirectoryStream<Path> places = Files.newDirectoryStream(folder)) {
            for (Path place : places) {
                if (!KEY.matcher(place.getFileName().toString()).matches()) {
                    continue;
                }
                if (isBefore(place, oldest)) {
                    delete(place);
                } else {
                    deleteHalves(place, now.minus(HALF_AFTER));
                }
            }
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", e.getClass().getSimpleName())
                    .log("Old files could not be deleted from the store; this is retried in an hour");
        }
    }

    /// Deletes incomplete files of a process that was killed. Another bridge may be writing younger
    /// ones.
    private static void deleteHalves(Path place, Instant oldest) throws IOException {
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(place, HALF + "*")) {
            for (Path half : halves) {
                if (isBefore(half, oldest)) {
                    Files.deleteIfExists(half);
                }
            }
        }
    }

    private static boolean isBefore(Path path, Instant oldest) throws IOException {
        return Files.getLastModifiedTime(path).toInstant().isBefore(oldest);
    }

    private static void delete(Path place) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(place);
    }
}
