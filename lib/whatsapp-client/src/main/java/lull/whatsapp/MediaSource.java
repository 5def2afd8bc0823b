package lull.whatsapp;

import java.nio.file.Path;
import lull.contract.message.Content;

/// Source of the files that customers send.
@FunctionalInterface
public interface MediaSource {

    /// Fetches a file into a path that does not exist yet, and checks that it is complete and not
    /// larger than allowed. If the result is not [Fetched.Here], ignore whatever is at the path.
    ///
    /// @param businessNumber the number to which it was sent
    Fetched fetch(Content.Media media, String businessNumber, Path into) throws InterruptedException;
}
