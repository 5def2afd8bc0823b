package lull.media;

import java.io.InputStream;
import java.util.Optional;

/// Store of files, each under the SHA-256 digest of its bytes, so that the same bytes are one file. A
/// file is there as a whole or not at all. Its retention begins anew each time it is put. Methods
/// block. Safe for several threads and processes.
public interface MediaStore {

    /// Puts a file, or begins its retention anew if it is there.
    ///
    /// @param sha256 the digest of the bytes in 64 lower-case hexadecimal digits
    /// @return why it is not there, in words; empty if it is
    Optional<String> put(String sha256, MediaBytes bytes);

    /// Opens a file.
    Opened open(String sha256);

    /// Deletes a file.
    ///
    /// @return why it may still be there, in words; empty if it is not, also if it never was
    Optional<String> delete(String sha256);

    /// Returns why no file can be put, in words; empty if one can, as far as can be known without
    /// putting one.
    Optional<String> problem();

    /// Result of opening a file.
    sealed interface Opened {

        /// It is there.
        ///
        /// @param bytes the caller closes them
        record Found(InputStream bytes, long size) implements Opened {}

        /// It is not there: its retention has ended, or it was deleted.
        record Missing() implements Opened {}

        /// It may be opened later.
        ///
        /// @param reason in words
        record Unavailable(String reason) implements Opened {}
    }
}
