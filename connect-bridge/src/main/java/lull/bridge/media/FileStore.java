package lull.bridge.media;

import java.net.URI;
import java.nio.file.Path;

/// Where customers' files lie that Connect does not take, so that agents can open them by a link.
@FunctionalInterface
public interface FileStore {

    /// Keeps a file. The same key and name again replace the file, so that whoever tries again leaves one copy.
    Kept keep(Path file, Label label);

    /// Under what a file is kept.
    ///
    /// @param key that nobody guesses, of letters, digits, `-` and `_`
    /// @param name of the file, of letters, digits, dots, spaces, `-` and `_`
    /// @param mimeType without parameters
    record Label(String key, String name, String mimeType) {}

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
