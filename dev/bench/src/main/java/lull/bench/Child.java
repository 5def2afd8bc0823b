package lull.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lull.bench.peer.LaneWork;
import lull.bench.peer.Peer;
import lull.bench.peer.WebhookPeer;
import lull.bench.peer.Work;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// A JVM of its own that plays a role in a benchmark: the parent's end of [ChildMain].
final class Child implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final Duration WORK_LIMIT = Duration.ofMinutes(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int TOLD_LINES = 20;

    private final String label;
    private final Path log;
    private final Process process;
    private final PrintStream orders;
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    private int port;

    private Child(String label, Path log, Process process) {
        this.label = label;
        this.log = log;
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name("answers of " + label).start(this::readAnswers);
    }

    /// Starts it on this JVM's class path, and does not wait for it. `LULL_JAVA_OPTS` counts for every child
    /// alike.
    ///
    /// @param folder where its log goes
    static Child start(Role role, Path folder, String... arguments) throws IOException {
        return start(role, role.label(), List.of(), System.getProperty("java.class.path"), folder, List.of(arguments));
    }

    /// Starts a peer on the class path of peers, and does not wait for it.
    ///
    /// @param folder where its log goes
    static Child start(Peer peer, Path folder, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(peer.name()));
        words.addAll(List.of(arguments));
        Role role = peer instanceof WebhookPeer ? Role.WEBHOOK_PEER : Role.PEER;
        return start(role, peer.name(), peer.javaOptions(), Peers.classPath(), folder, words);
    }

    private static Child start(
            Role role, String label, List<String> own, String classPath, Path folder, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        String options = System.getenv().getOrDefault("LULL_JAVA_OPTS", "").strip();
        command.addAll(role.options(options));
        command.addAll(own);
        if (!options.isEmpty()) {
            command.addAll(List.of(options.split("\\s+", -1)));
        }
        command.addAll(List.of("-classpath", classPath, ChildMain.class.getName()));
        command.add(role.name());
        command.addAll(arguments);
        Path log = Files.createTempFile(folder, label + "-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LULL_") || name.startsWith("KAFKA_"));
        builder.environment().put("LULL_LOG_FORMAT", "text");
        return new Child(label, log, builder.start());
    }

    /// Waits until it has started; throws with the end of its log where it does not.
    Child awaitStarted() throws InterruptedException {
        port = Integer.parseInt(answer(START_LIMIT));
        return this;
    }

    /// The port it listens on.
    int port() {
        return port;
    }

    Usage usage() throws InterruptedException {
        return read(ask(ChildMain.USAGE, ANSWER_LIMIT), Usage.class);
    }

    /// Has the load generator put on a load; returns when it is over.
    LoadResult put(Load load) throws InterruptedException {
        return read(ask(load.line(), load.duration().plus(ANSWER_LIMIT)), LoadResult.class);
    }

    /// Has an aggregator of any form run; returns when its work is done, and leaves it running.
    Pass run(Work work) throws InterruptedException {
        return read(ask(Worker.RUN + Json.text(work), WORK_LIMIT), Pass.class);
    }

    /// Has lanes of any form handle a topic; returns when all of it is handled and they have stopped.
    LanePass run(LaneWork work) throws InterruptedException {
        return read(ask(Worker.RUN + Json.text(work), WORK_LIMIT), LanePass.class);
    }

    /// Has lanes of any form begin to handle a topic, and go on.
    void begin(LaneWork work) throws InterruptedException {
        ask(LanesWorker.BEGIN + Json.text(work), ANSWER_LIMIT);
    }

    /// Has an aggregator or lanes of any form stop in order.
    void stop() throws InterruptedException {
        ask(Worker.STOP, ANSWER_LIMIT);
    }

    /// Ends it without a last word.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void record() throws InterruptedException {
        ask(ChildMain.RECORD, ANSWER_LIMIT);
    }

    void stopRecording(Path file) throws InterruptedException {
        ask(ChildMain.STOP_RECORDING + " " + file.toAbsolutePath(), ANSWER_LIMIT);
    }

    @Override
    public void close() {
        orders.close();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process.onExit().join();
    }

    private String ask(String order, Duration limit) throws InterruptedException {
        orders.println(order);
        return answer(limit);
    }

    private String answer(Duration limit) throws InterruptedException {
        Optional<String> answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null || answer.isEmpty()) {
            throw new IllegalStateException("The process of " + label
                    + (answer == null ? " does not answer" : " has ended") + ". Its log:\n" + endOfLog());
        }
        return answer.get();
    }

    private void readAnswers() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().map(Optional::of).forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            // The process is gone, which is told below.
        }
        answers.add(Optional.empty());
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
        } catch (IOException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    private <T> T read(String json, Class<T> type) {
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (UnreadableJson e) {
            throw new IllegalStateException("The process of " + label + " answers what nobody understands", e);
        }
    }
}
