package lull.archive.erasure;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables.ErasedFile;
import lull.archive.schema.Tables.MessageFile;
import lull.media.MediaStore;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletion of the files of erased customers from the media store. An erasure writes down their digests
/// in its transaction, so that they are deleted later if the store is unavailable. A file whose bytes a
/// message of somebody else has too is not deleted. Safe for several threads and processes. Methods
/// throw jOOQ's `DataAccessException` if the database fails.
public final class ErasedFiles {

    private static final Logger log = LoggerFactory.getLogger(ErasedFiles.class);
    private static final int SLICE = 500;

    private final ArchiveDatabase database;
    private final Optional<MediaStore> store;
    private final BooleanSupplier isUpToDate;

    /// @param store absent if the archive has none
    /// @param isUpToDate whether the archive has what the topics have; while it has not, it does not
    ///     know who else has a file, and nothing is deleted
    public ErasedFiles(ArchiveDatabase database, Optional<MediaStore> store, BooleanSupplier isUpToDate) {
        this.database = database;
        this.store = store;
        this.isUpToDate = isUpToDate;
    }

    /// Adds files that are to be deleted.
    static void add(DSLContext sql, Collection<String> digests) {
        // In one order for all processes, so that none waits for another that waits for it.
        for (String digest : new TreeSet<>(digests)) {
            sql.insertInto(ErasedFile.TABLE)
                    .columns(ErasedFile.SHA256)
                    .values(digest)
                    .onConflict(ErasedFile.SHA256)
                    .doNothing()
                    .execute();
        }
    }

    /// Deletes what can be deleted now. Returns how many files are still to be deleted.
    public int delete() {
        if (store.isPresent() && isUpToDate.getAsBoolean()) {
            List<String> digests;
            do {
                digests = database.sql()
                        .select(ErasedFile.SHA256)
                        .from(ErasedFile.TABLE)
                        .orderBy(ErasedFile.SHA256)
                        .limit(SLICE)
                        .fetch(ErasedFile.SHA256);
            } while (delete(store.get(), digests) && digests.size() == SLICE);
        }
        return left();
    }

    /// Returns how many files are still to be deleted.
    public int left() {
        return database.sql().fetchCount(ErasedFile.TABLE);
    }

    /// Returns false if the store fails; then the rest is left for later.
    private boolean delete(MediaStore store, List<String> digests) {
        for (String digest : digests) {
            boolean isOfOthers = database.sql().fetchExists(MessageFile.TABLE, MessageFile.SHA256.eq(digest));
            Optional<String> problem = isOfOthers ? Optional.empty() : store.delete(digest);
            if (problem.isPresent()) {
                log.atWarn()
                        .addKeyValue("error", problem.get())
                        .log("Files of erased customers could not be deleted yet; the archive tries again");
                return false;
            }
            database.sql()
                    .deleteFrom(ErasedFile.TABLE)
                    .where(ErasedFile.SHA256.eq(digest))
                    .execute();
        }
        return true;
    }
}
