package lull.bench;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import lull.bench.peer.WebhookPeer;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.process.ProcessSettings;
import lull.runtime.settings.SettingsLoader;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/// Measurement of the ingress beside two baselines, all of them up during the whole run, each in a process of
/// its own, which checks in the end that the broker has what the ingress accepted.
final class IngressBench {

    private final Plan plan;
    private final Consumer<String> progress;
    private final List<String> failures = new ArrayList<>();

    private final Map<Target, Long> accepted = new HashMap<>();

    /// @param progress is told, in lines, what is being done
    IngressBench(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    private record Processes(Child broker, Map<Target, Child> targets, Child loader) {

        Child of(Target target) {
            return requireNonNull(targets.get(target));
        }

        String bootstrapServers() {
            return "127.0.0.1:" + broker.port();
        }
    }

    /// Runs it once. Throws where a process does not start or ends, but not where the figures are worth
    /// nothing.
    Outcome run() throws Exception {
        Lifecycle components = new Lifecycle();
        // Whoever loses patience leaves no data behind.
        Runtime.getRuntime().addShutdownHook(new Thread(components::close, "shutdown"));
        try (components) {
            Processes processes = start(components);
            warmUp(processes);
            List<Round> rounds = new ArrayList<>();
            for (int i = 1; i <= plan.rounds(); i++) {
                rounds.add(round(i, processes));
            }
            double rate = Math.max(
                    1,
                    Spread.of(rounds.stream()
                                            .mapToDouble(round ->
                                                    round.of(Target.INGRESS).perSecond())
                                            .toArray())
                                    .median()
                            / 2);
            Map<Target, LoadResult> latencies = latencies(rate, processes);
            return new Outcome(
                    plan,
                    Machine.words(),
                    rounds,
                    rate,
                    latencies,
                    accepted.getOrDefault(Target.INGRESS, 0L),
                    records(Target.INGRESS.topic(), processes.bootstrapServers()),
                    checked(processes.bootstrapServers()));
        }
    }

    /// All failures, those of peers among them whose topic lacks records.
    private List<String> checked(String bootstrapServers) throws Exception {
        List<String> all = new ArrayList<>(failures);
        for (WebhookPeer peer : plan.peers()) {
            Target target = new Target.Other(peer);
            long records = records(target.topic(), bootstrapServers);
            if (records != accepted.getOrDefault(target, 0L)) {
                all.add(target.label() + " answered 200 to " + accepted.getOrDefault(target, 0L) + " webhooks, and "
                        + records + " records are on its topic");
            }
        }
        return all;
    }

    private Processes start(Lifecycle components) throws Exception {
        progress.accept("Starting the processes ...");
        Path recording = plan.jfr();
        if (recording != null) {
            // Pieces are appended to it. Whether it can be written shows now and not after the warm-up.
            Files.write(recording, new byte[0]);
        }
        Path folder = components.add("folder", Folder.make()).path();
        Child broker = components.add(
                "broker",
                Child.start(Role.BROKER, folder, folder.resolve("kafka").toString()));
        Child loader = components.add(
                "load generator",
                Child.start(
                        Role.LOAD, folder, Integer.toString(plan.connections()), Integer.toString(plan.requests())));
        String bootstrapServers = "127.0.0.1:" + broker.awaitStarted().port();
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(bootstrapServers))) {
            // As `lull topics create` makes them, but for the copies, as there is one broker.
            int partitions = new SettingsLoader(ProcessSettings.ALL)
                    .load(Map.of(), Map.of())
                    .get(TopicSettings.PARTITIONS);
            TopicKeeper.Layout layout = new TopicKeeper.Layout(partitions, (short) 1, 1);
            keeper.create(Topics.all(List.of(Target.INGRESS.topic())), layout);
            keeper.create(
                    plan.peers().stream()
                            .map(peer -> Topics.input(new Target.Other(peer).topic()))
                            .toList(),
                    layout);
        }
        Map<Target, Child> targets = new HashMap<>();
        for (Target target : plan.targets()) {
            targets.put(target, components.add(target.label(), target.start(folder, bootstrapServers)));
        }
        loader.awaitStarted();
        for (Child child : targets.values()) {
            child.awaitStarted();
        }
        return new Processes(broker, targets, loader);
    }

    private void warmUp(Processes processes) throws InterruptedException {
        if (plan.warmUp().isZero()) {
            return;
        }
        for (Target target : plan.targets()) {
            progress.accept("Warming up: " + target.label());
            put(target, new Load.Closed(processes.of(target).port(), plan.warmUp()), "warm-up", processes);
        }
    }

    private Round round(int number, Processes processes) throws Exception {
        Map<Target, Measured> measured = new HashMap<>();
        for (Target target : plan.targets()) {
            boolean recorded = target.equals(Target.INGRESS) && plan.jfr() != null;
            if (recorded) {
                processes.of(target).record();
            }
            measured.put(target, measure(target, "round " + number, processes));
            if (recorded) {
                processes.of(target).stopRecording(requireNonNull(plan.jfr()));
            }
        }
        Round round = new Round(measured);
        progress.accept(Report.progress(number, round));
        return round;
    }

    private Measured measure(Target target, String phase, Processes processes) throws InterruptedException {
        Child child = processes.of(target);
        Usage before = child.usage();
        Usage loaderBefore = processes.loader().usage();
        Usage brokerBefore = processes.broker().usage();
        LoadResult result = put(target, new Load.Closed(child.port(), plan.phase()), phase, processes);
        Usage used = child.usage().since(before);
        double requests = Math.max(1, result.accepted());
        return new Measured(
                result.inTime() * 1e9 / plan.phase().toNanos(),
                used.allocatedBytes() / requests,
                micros(used, requests),
                micros(processes.loader().usage().since(loaderBefore), requests),
                micros(processes.broker().usage().since(brokerBefore), requests));
    }

    private static double micros(Usage used, double requests) {
        return used.cpuNanos() / 1e3 / requests;
    }

    private Map<Target, LoadResult> latencies(double rate, Processes processes) throws InterruptedException {
        Map<Target, LoadResult> latencies = new HashMap<>();
        for (Target target : plan.targets()) {
            progress.accept("Measuring latency: " + target.label());
            int port = processes.of(target).port();
            // The generator's way of sending by schedule has not run yet.
            put(target, new Load.Open(port, plan.phase(), rate), "latency, unmeasured", processes);
            latencies.put(target, put(target, new Load.Open(port, plan.latencyPhase(), rate), "latency", processes));
        }
        return latencies;
    }

    private LoadResult put(Target target, Load load, String phase, Processes processes) throws InterruptedException {
        LoadResult result = processes.loader().put(load);
        accepted.merge(target, result.accepted(), Long::sum);
        String where = target.label() + ", " + phase + ": ";
        if (result.failed() > 0) {
            failures.add(where + result.failed() + " failed, the first because: " + result.flaw());
        }
        if (result.unanswered() > 0) {
            failures.add(where + result.unanswered() + " were not answered");
        }
        return result;
    }

    /// How many records are on a topic, which was empty in the beginning.
    private static long records(String name, String bootstrapServers) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(KafkaSetup.at(bootstrapServers).admin("lull-bench"))) {
            TopicDescription topic = requireNonNull(
                    admin.describeTopics(List.of(name)).allTopicNames().get().get(name));
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            topic.partitions()
                    .forEach(partition ->
                            ends.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        }
    }
}
