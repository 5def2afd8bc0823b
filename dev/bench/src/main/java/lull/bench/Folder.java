package lull.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder for the data of a run, which is gone when it is closed.
record Folder(Path path) implements AutoCloseable {

    /// A new one, in the folder for temporary files.
    static Folder make() throws IOException {
        return new Folder(Files.createTempDirectory("lull-bench"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
