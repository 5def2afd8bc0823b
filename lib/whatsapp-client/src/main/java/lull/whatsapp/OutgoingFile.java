package lull.whatsapp;

import java.nio.file.Path;
import java.time.Duration;

/// File on the disk that is sent with a part of a reply, to a channel that has no uploads. Immutable.
///
/// @param mimeType without parameters
/// @param name as people see it
/// @param timeout of the call that sends it, which takes longer than other calls
public record OutgoingFile(Path path, long bytes, String mimeType, String name, Duration timeout) {

    @Override
    public String toString() {
        return "OutgoingFile[" + bytes + " bytes]";
    }
}
