package lull.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Real payloads that may lie beside the project. Tests that walk them are skipped where they are not.
final class Corpus {

    private static final Path FOLDER = Path.of("..", "..", "..", "shared", "corpus");

    private Corpus() {}

    static boolean isThere() {
        return Files.isDirectory(FOLDER);
    }

    /// The files whose names begin with one of these, in order.
    static List<Path> files(String... beginnings) {
        return files(FOLDER, beginnings);
    }

    /// The same of another folder.
    static List<Path> files(Path folder, String... beginnings) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Stream.of(beginnings)
                            .anyMatch(beginning -> file.getFileName().toString().startsWith(beginning)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
