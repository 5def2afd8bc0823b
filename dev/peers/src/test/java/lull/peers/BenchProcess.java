package lull.peers;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A benchmark that was run as `bin/lull bench … --peers` runs it: on the class path of `dev/bench` and
/// the classes of this module, without its libraries.
///
/// @param lines of its report
/// @param log what it printed besides
record BenchProcess(int exitCode, List<String> lines, String log) {

    private static final Path BENCH = Path.of("..", "bench", "target");

    /// Runs it to its end.
    ///
    /// @param directory for what it prints
    /// @param arguments behind `lull bench`
    static BenchProcess run(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> classPath = List.of(
                BENCH.resolve("classes").toString(),
                BENCH.resolve("lib").toString() + "/*",
                Path.of("target", "classes").toString());
        List<String> command = new ArrayList<>(List.of(
                Path.of(requireNonNull(System.getProperty("java.home")), "bin", "java")
                        .toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlull.peers.class.path=" + System.getProperty("java.class.path"),
                "-classpath",
                String.join(System.getProperty("path.separator", ":"), classPath),
                "lull.cli.Lull",
                "bench"));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            return new BenchProcess(process.waitFor(), read(out).lines().toList(), read(err));
        } finally {
            process.destroy();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
