package lull.media;

import java.util.Locale;
import java.util.Optional;
import lull.contract.KeptFile;
import org.jspecify.annotations.Nullable;

/// Keeper of the files that pass through a process. Safe for several threads.
@FunctionalInterface
public interface MediaKeeper {

    /// Puts a file into the media store, within a deadline and without a second attempt: a store that
    /// is unavailable must not hold up conversations. What is not kept is counted.
    ///
    /// @return the file as the record of its message names it; empty if it is not kept
    Optional<KeptFile> keep(MediaBytes bytes, Label label) throws InterruptedException;

    /// Who sends a file, and what its sender says of it.
    ///
    /// @param contentType parameters are left out
    record Label(Sender from, String contentType, @Nullable String name) {}

    /// Who sends a file.
    enum Sender {
        CUSTOMER,
        AGENT,
        APPLICATION;

        /// The word in metrics.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Returns a keeper that keeps nothing.
    static MediaKeeper off() {
        return (bytes, label) -> Optional.empty();
    }
}
