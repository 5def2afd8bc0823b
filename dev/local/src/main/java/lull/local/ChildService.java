package lull.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import lull.local.broker.FreePort;
import org.jspecify.annotations.Nullable;

/// A service as a process of its own, so that it can be killed without a last word, or attacked: for tests, for
/// `lull bench chaos` and for `lull bench attack`.
public final class ChildService implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);

    /// Of a process that could not start, such as where the broker is too busy to answer in time.
    private static final int NOT_STARTED = 1;

    private final String name;
    private final Path directory;
    private final String classPath;
    private final int adminPort;
    private final Path config;

    private List<String> javaOptions = List.of();
    private int heapMebibytes = 256;
    private @Nullable Process process;

    /// A service that joins a local system.
    ///
    /// @param name of its command: ingress, aggregator or bridge
    /// @param settings of the local system, by name
    /// @param directory where its log goes
    /// @param classPath with the command line's class on it
    public ChildService(String name, Map<String, String> settings, Path directory, String classPath)
            throws IOException {
        this.name = name;
        this.directory = directory;
        this.classPath = classPath;
        this.adminPort = FreePort.next();
        Map<String, String> own = new HashMap<>(settings);
        own.put("admin.port", Integer.toString(adminPort));
        this.config = directory.resolve(name + ".properties");
        Properties properties = new Properties();
        properties.putAll(own);
        try (Writer out = Files.newBufferedWriter(config)) {
            properties.store(out, null);
        }
    }

    /// A service with a file of settings that others may share.
    ///
    /// @param config the file, which is not changed
    /// @param adminPort the one that it names
    public ChildService(String name, Path config, int adminPort, Path directory, String classPath) {
        this.name = name;
        this.directory = directory;
        this.classPath = classPath;
        this.adminPort = adminPort;
        this.config = config;
    }

    /// The same service with options for its JVM, which override the usual ones.
    ChildService withJavaOptions(String... options) {
        javaOptions = List.of(options);
        return this;
    }

    /// Bounds the heap of the next process that it starts; 256 MiB otherwise.
    public ChildService heap(int mebibytes) {
        heapMebibytes = mebibytes;
        return this;
    }

    /// Starts it and returns at once.
    public ChildService start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMebibytes + "m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(javaOptions);
        command.addAll(List.of("-classpath", classPath, "lull.cli.Lull", name, "--config", config.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(name + ".log").toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("LULL_") || key.startsWith("KAFKA_"));
        builder.environment().put("LULL_LOG_FORMAT", "text");
        process = builder.start();
        return this;
    }

    /// Waits until it says that it can serve; throws `IllegalStateException` with its log where that takes too
    /// long. If it could not start, it is started again, as a supervisor does.
    public ChildService awaitReady() throws InterruptedException, IOException {
        try {
            Readiness.await(admin("/readyz"), () -> true, READY_LIMIT, this::startAgain);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(name + ": " + e.getMessage() + "\n" + log(), e);
        }
        return this;
    }

    private void startAgain() {
        try {
            if (exitCode().filter(code -> code == NOT_STARTED).isPresent()) {
                start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Kills it as a failing machine does.
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /// Tells it to stop, and waits until it has.
    void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            running.onExit().join();
        }
    }

    /// Whether it runs.
    public boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /// The exit code; empty while it runs.
    Optional<Integer> exitCode() {
        Process running = process;
        return running == null || running.isAlive() ? Optional.empty() : Optional.of(running.exitValue());
    }

    /// The port of health and metrics.
    public int adminPort() {
        return adminPort;
    }

    /// An address of its admin port.
    URI admin(String path) {
        return URI.create("http://localhost:" + adminPort + path);
    }

    /// What it has logged.
    public String log() throws IOException {
        return Files.readString(directory.resolve(name + ".log"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        kill();
    }
}
