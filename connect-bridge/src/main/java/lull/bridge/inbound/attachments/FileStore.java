package lull.bridge.inbound.attachments;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Store of customers' files that Amazon Connect does not accept, so that agents can open them by a
/// link. Safe for several threads.
@FunctionalInterface
public interface FileStore {

    /// Keeps a file. The same key and name replace an earlier file, so that a retry leaves only one
    /// copy.
    Kept keep(Path file, Label label);

    /// Name under which a file is kept.
    ///
    /// @param key that cannot be guessed, of letters, digits, `-` and `_`
    /// @param name of the file, which consists of letters, digits, dots, spaces, `-` and `_`
    /// @param mimeType without parameters
    record Label(String key, String name, String mimeType) {

        private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");

        /// Makes the name safe: it cannot leave the folder of its key and is not hidden. Every other
        /// character becomes `_`, and dots and blanks at the beginning and the end are removed.
        public Label {
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("A key has letters, digits, - and _");
            }
            String safe = name.replaceAll("[^A-Za-z0-9._ -]", "_").replaceAll("^[. ]+|[. ]+$", "");
            name = safe.isEmpty() ? "file" : safe;
        }
    }

    /// Result of an attempt to keep a file.
    sealed interface Kept {

        /// It is kept; anyone with this link can open it.
        record At(URI link) implements Kept {
            @Override
            public String toString() {
                // Anyone with the link has the file.
                return "At[" + link.getHost() + "]";
            }
        }

        /// It may succeed later.
        ///
        /// @param reason in words, without anything personal
        record Retry(String reason) implements Kept {}
    }
}
