package lull.aggregator.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;

/// Id of an instance in its consumer group (`group.instance.id`), kept in the directory of its state stores. A process
/// that starts again after a crash with the same directory takes its partitions back at once: the group does not wait
/// until the session of the crashed process is over.
public final class InstanceId {

    private static final String FILE = "lull-instance-id";

    private InstanceId() {}

    /// Returns the id of a directory, which it creates if the directory has none. Throws [CannotStart] if the file can
    /// neither be read nor written.
    public static String of(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return UUID.fromString(Files.readString(file).strip()).toString();
            }
            String id = UUID.randomUUID().toString();
            Path written = Files.createTempFile(directory, FILE, ".new");
            Files.writeString(written, id + "\n");
            Files.move(written, file);
            return id;
        } catch (IOException e) {
            throw new CannotStart(file + ": " + FileProblem.ofFolder(directory, e), e);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(file + " must contain a UUID: delete the file, and another one is created", e);
        }
    }
}
