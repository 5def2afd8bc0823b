package lull.bridge.inbound.attachments;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Store of customers' files that Amazon Connect does not accept, so that agents can open them by a
/// link. Safe for several threads.
@FunctionalInterface
public interface FileStore {

    /// Keeps a file. The same key and name again replace the file, so that whoever tries again leaves one copy.
    Kept keep(Path file, Label label);

    /// Under what a file is kept.
    ///
    /// @param key that nobody guesses, of letters, digits, `-` and `_`
    /// @param name of the file, which is made of letters, digits, dots, spaces, `-` and `_`
    /// @param mimeType without parameters
    record Label(String key, String name, String mimeType) {

        private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");

        /// No name leads out of its key's folder, and none is hidden: another sign becomes `_`, and dots and
        /// blanks at the beginning and the end are left out.
        public Label {
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("A key has letters, digits, - and _");
            }
            String safe = name.replaceAll("[^A-Za-z0-9._ -]", "_").replaceAll("^[. ]+|[. ]+$", "");
            name = safe.isEmpty() ? "file" : safe;
        }
    }

    /// What became of a file.
    sealed interface Kept {

        /// It lies there for whoever has this link.
        record At(URI link) implements Kept {
            @Override
            public String toString() {
                // Whoever has the link has the file.
                return "At[" + link.getHost() + "]";
            }
        }

        /// Perhaps later.
        ///
        /// @param reason in words, without anything personal
        record NotNow(String reason) implements Kept {}
    }
}
