package lull.bench;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import lull.bench.peer.LaneWork;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Measurement of lanes beside other ways of handling records in order per key and in parallel across keys: the same
/// backlog, one form after the other, each in a process of its own that stays up, so that all but the first round
/// find it warm. In the end each is killed while it works, and started again.
final class LanesBench {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int EDGE_SHARE = 10;

    private final LanesPlan plan;
    private final Consumer<String> progress;
    private final List<String> flaws = new ArrayList<>();

    /// What peers did wrong, in words; the figures are worth something all the same.
    private final List<String> wrongs = new ArrayList<>();

    /// @param progress is told, in lines, what is being done
    LanesBench(LanesPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// What came of a run.
    ///
    /// @param flaws why its figures are worth nothing; empty where the run is valid
    record Result(List<String> report, List<String> flaws) {}

    /// The results of every form with handlers that take as long, round by round.
    record Series(int millis, int messages, List<Map<String, LanePass>> rounds) {

        /// A figure of a form over the rounds.
        Spread of(LaneMaker form, ToDoubleFunction<LanePass> figure) {
            return Spread.of(rounds.stream()
                    .mapToDouble(round -> figure.applyAsDouble(requireNonNull(round.get(form.label()))))
                    .toArray());
        }

        /// How many times that of a form a figure of Lull's lanes is, round by round.
        Spread times(LaneMaker form, ToDoubleFunction<LanePass> figure) {
            return Spread.of(rounds.stream()
                    .mapToDouble(round -> figure.applyAsDouble(requireNonNull(round.get(LaneForm.LANES.label())))
                            / figure.applyAsDouble(requireNonNull(round.get(form.label()))))
                    .toArray());
        }
    }

    /// What a form did that was killed.
    ///
    /// @param before records that it had handled when it was
    record Killed(LaneMaker form, long before, Journal.Verdict verdict) {}

    private record Processes(Lifecycle components, Path folder, Child broker, Map<String, Child> forms) {

        String bootstrapServers() {
            return "127.0.0.1:" + broker.port();
        }

        Child start(LaneMaker form) throws Exception {
            return components
                    .add(form.label(), form.start(folder, bootstrapServers()))
                    .awaitStarted();
        }
    }

    /// Runs it once. Throws where a process does not start or ends, but not where the figures are worth nothing.
    Result run() throws Exception {
        Lifecycle components = new Lifecycle();
        // Whoever loses patience leaves no data behind.
        Runtime.getRuntime().addShutdownHook(new Thread(components::close, "shutdown"));
        try (components) {
            progress.accept("Starting the processes ...");
            Processes processes = start(components);
            List<Series> all = new ArrayList<>();
            for (int millis : plan.millis()) {
                all.add(series(millis, processes));
            }
            for (Child child : processes.forms().values()) {
                child.close();
            }
            List<Killed> killed = plan.killed() == 0 ? List.of() : killed(processes);
            return new Result(LanesReport.lines(plan, Machine.words(), all, killed, flaws, wrongs), List.copyOf(flaws));
        }
    }

    private Processes start(Lifecycle components) throws Exception {
        Path recording = plan.jfr();
        if (recording != null) {
            // Pieces are appended to it. Whether it can be written shows now.
            Files.write(recording, new byte[0]);
        }
        Path folder = components.add("folder", Folder.make()).path();
        Child broker = components
                .add(
                        "broker",
                        Child.start(Role.BROKER, folder, folder.resolve("kafka").toString()))
                .awaitStarted();
        Processes processes = new Processes(components, folder, broker, new HashMap<>());
        for (LaneMaker form : plan.forms()) {
            processes.forms().put(form.label(), processes.start(form));
        }
        return processes;
    }

    private Series series(int millis, Processes processes) throws Exception {
        int messages = plan.messages(millis);
        String topic = "lanes-" + millis;
        write(topic, messages, processes);
        List<Map<String, LanePass>> rounds = new ArrayList<>();
        for (int round = 0; round <= plan.rounds(); round++) {
            Map<String, LanePass> passes = new HashMap<>();
            for (LaneMaker form : plan.forms()) {
                LaneWork work = new LaneWork(
                        topic + "-" + form.label() + "-" + round,
                        topic,
                        plan.keys(),
                        messages,
                        messages / EDGE_SHARE,
                        messages - messages / EDGE_SHARE,
                        Duration.ofMillis(millis),
                        LanesPlan.SLOTS,
                        LanesPlan.SESSION,
                        null);
                LanePass pass = pass(form, work, round > 0, processes);
                check(form, work, pass);
                passes.put(form.label(), pass);
                progress.accept(LanesReport.progress(millis, round, form, pass));
            }
            if (round > 0) {
                rounds.add(passes);
            }
        }
        return new Series(millis, messages, rounds);
    }

    private LanePass pass(LaneMaker form, LaneWork work, boolean counts, Processes processes) throws Exception {
        Child child = requireNonNull(processes.forms().get(form.label()));
        Path recording = plan.jfr();
        if (recording == null || !counts || !form.label().equals(LaneForm.LANES.label())) {
            return child.run(work);
        }
        child.record();
        LanePass pass = child.run(work);
        child.stopRecording(recording);
        return pass;
    }

    private void wrong(LaneMaker form, String what) {
        (form instanceof LaneMaker.Other ? wrongs : flaws).add(what);
    }

    private void check(LaneMaker form, LaneWork work, LanePass pass) {
        String where = form.label() + ", " + work.handling().toMillis() + " ms: ";
        if (pass.missing() > 0) {
            wrong(form, where + pass.missing() + " messages were not handled");
        }
        if (pass.twice() > 0) {
            wrong(form, where + pass.twice() + " messages were handled twice");
        }
        if (pass.disordered() > 0) {
            wrong(form, where + pass.disordered() + " messages were handled before an earlier one of their key");
        }
    }

    private List<Killed> killed(Processes processes) throws Exception {
        String topic = "lanes-killed";
        write(topic, plan.killed(), processes);
        List<Killed> all = new ArrayList<>();
        for (LaneMaker form : plan.forms()) {
            all.add(kill(form, topic, processes));
            progress.accept(LanesReport.line(all.getLast()));
        }
        return all;
    }

    private Killed kill(LaneMaker form, String topic, Processes processes) throws Exception {
        Path first = processes.folder().resolve(form.label() + "-first");
        Path second = processes.folder().resolve(form.label() + "-second");
        Child killed = processes.start(form);
        killed.begin(work(form, topic, first));
        awaitProgress(() -> Journal.count(first), plan.killed() / 2);
        killed.kill();
        Child again = processes.start(form);
        again.begin(work(form, topic, second));
        int[] counts = KeyedRecord.counts(plan.keys(), plan.killed());
        awaitProgress(() -> plan.killed() - verdict(counts, first, second).lost(), plan.killed());
        again.stop();
        again.close();
        Killed result = new Killed(form, Journal.count(first), verdict(counts, first, second));
        if (result.verdict().lost() > 0) {
            wrong(form, form.label() + ", killed: " + result.verdict().lost() + " messages were lost");
        }
        if (result.verdict().disordered() > 0) {
            wrong(
                    form,
                    form.label() + ", killed: " + result.verdict().disordered()
                            + " messages were handled before an earlier one of their key");
        }
        return result;
    }

    private LaneWork work(LaneMaker form, String topic, Path journal) {
        return new LaneWork(
                topic + "-" + form.label(),
                topic,
                plan.keys(),
                plan.killed(),
                0,
                0,
                LanesPlan.HANDLING_BEFORE_KILL,
                LanesPlan.SLOTS,
                LanesPlan.SHORT_SESSION,
                journal.toString());
    }

    private static Journal.Verdict verdict(int[] counts, Path first, Path second) throws Exception {
        return Journal.verdict(counts, List.of(Journal.read(first), Journal.read(second)));
    }

    /// Counts something in files that grow.
    private interface Count {
        long now() throws Exception;
    }

    /// Waits until so many are counted, or as long as their number grows.
    private static void awaitProgress(Count count, long wanted) throws Exception {
        long counted = count.now();
        long progressAt = System.nanoTime();
        while (counted < wanted && System.nanoTime() - progressAt < PATIENCE.toNanos()) {
            Thread.sleep(LOOK);
            long now = count.now();
            if (now > counted) {
                progressAt = System.nanoTime();
            }
            counted = now;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told everything.
    private void write(String topic, int messages, Processes processes) throws Exception {
        KafkaSetup kafka = KafkaSetup.at(processes.bootstrapServers());
        try (TopicKeeper keeper = new TopicKeeper(kafka)) {
            keeper.create(List.of(Topics.input(topic)), new TopicKeeper.Layout(LanesPlan.PARTITIONS, (short) 1, 1));
        }
        Map<String, Object> properties =
                kafka.producer("lull-bench", Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            KeyedRecord.each(
                    plan.keys(),
                    messages,
                    one -> producer.send(new ProducerRecord<>(topic, one.keyBytes(), one.value()), (_, failed) -> {
                        if (failed != null) {
                            failure.compareAndSet(null, failed);
                        }
                    }));
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Not all messages could be written", failed);
        }
    }
}
