package lull.whatsapp;

import java.nio.file.Path;
import lull.contract.message.Content;

/// Source of the files that customers send.
@FunctionalInterface
public interface MediaSource {

    /// Fetches a file into a path that does not exist yet, checks that it is whole and not larger than allowed, and
    /// returns what became of it. Where it is not [Fetched.Here], what lies at the path is of no use.
    ///
    /// @param businessNumber the number that it was sent to
    Fetched fetch(Content.Media media, String businessNumber, Path into) throws InterruptedException;
}
