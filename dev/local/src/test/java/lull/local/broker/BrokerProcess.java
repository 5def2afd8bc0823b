package lull.local.broker;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/// A single Kafka node as a process of its own, which tests stop, kill and start again. A broker inside the test's
/// JVM ends that JVM when a thread of it fails while it stops.
public final class BrokerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CALL_MILLIS = 2_000;

    private final int port;
    private final Path config;
    private final File log;

    private @Nullable Process process;

    private BrokerProcess(int port, Path config, File log) {
        this.port = port;
        this.config = config;
        this.log = log;
    }

    /// Starts a broker; returns when it answers.
    ///
    /// @param port of its clients; 0 takes a free one
    /// @param directory of its data and its log, created if it does not exist
    public static BrokerProcess start(int port, Path directory) throws Exception {
        int clientPort = port == 0 ? FreePort.next() : port;
        Path data = directory.resolve("log");
        Files.createDirectories(directory);
        EmbeddedBroker.format(data, 1, Uuid.randomUuid().toString());
        Path config = directory.resolve("broker.properties");
        Properties properties = EmbeddedBroker.properties(clientPort, FreePort.next(), data);
        try (Writer out = Files.newBufferedWriter(config)) {
            properties.store(out, null);
        }
        BrokerProcess broker = new BrokerProcess(
                clientPort, config, directory.resolve("broker.log").toFile());
        broker.start();
        return broker;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /// Starts it again; returns when it answers. Throws `IllegalStateException` with its log if it does not.
    public void start() throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                Path.of("target", "lib") + "/*",
                "kafka.Kafka",
                config.toString());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        awaitAnswer(process);
    }

    /// Tells it to stop, and waits until it has.
    public void stop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The broker does not stop; its log is " + log);
            }
        }
    }

    /// Halts it, so that it answers nothing but keeps its connections, until [#resume()].
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /// Lets it go on at once, other than a start.
    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /// Kills it as a failing machine does.
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process running = process;
        if (running != null) {
            new ProcessBuilder("kill", signal, Long.toString(running.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    private void awaitAnswer(Process started) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Object> properties = KafkaSetup.at(bootstrapServers()).admin("test");
        try (Admin admin = Admin.create(properties)) {
            while (System.nanoTime() < deadline && started.isAlive()) {
                try {
                    admin.describeCluster(new DescribeClusterOptions().timeoutMs(CALL_MILLIS))
                            .nodes()
                            .get();
                    return;
                } catch (ExecutionException e) {
                    // Not yet.
                }
            }
        }
        kill();
        throw new IllegalStateException("The broker does not answer:\n" + Files.readString(log.toPath()));
    }
}
