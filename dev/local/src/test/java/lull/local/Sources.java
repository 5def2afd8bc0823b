package lull.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The sources and pages of this checkout, for tests that hold one to the other.
final class Sources {

    /// The modules that are not only for one's own machine.
    static final List<String> MODULES = List.of(
            "lib/contract",
            "lib/runtime",
            "lib/lanes",
            "lib/connect-client",
            "lib/whatsapp-client",
            "lib/media-store",
            "lib/text",
            "lib/voice",
            "lib/chatwoot-client",
            "ingress",
            "aggregator",
            "applications",
            "archive",
            "console",
            "connect-bridge",
            "cli");

    private static final Path ROOT = Path.of("..", "..");

    private Sources() {}

    /// The main sources of a module; fails where there are none, as whoever looks for something would find
    /// nothing.
    static List<String> of(String module) {
        Path folder = ROOT.resolve(module).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Sources::read)
                    .toList();
            if (sources.isEmpty()) {
                throw new AssertionError("There are no sources in " + folder);
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file of this checkout, by its path.
    static String source(String path) {
        return read(ROOT.resolve(path));
    }

    static Path page(String name) {
        return ROOT.resolve("docs").resolve(name);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
