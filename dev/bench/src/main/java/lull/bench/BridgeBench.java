package lull.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import org.HdrHistogram.Histogram;

/// Measurement of the bridge's way from turns to Amazon Connect, against the stand-in that throttles nobody:
/// how many turns a second it hands over, how much later than Connect's own latency, and with how many calls.
/// Every turn is one text in a chat that is open.
final class BridgeBench {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;
    private static final int ALL_CALLS = 1_000_000;
    private static final Pattern SENDS = Pattern.compile(
            "(?m)^lull_bridge_connect_calls_seconds_count\\{.*operation=\"SendMessage\".*} ([0-9.E]+)$");

    private final BridgePlan plan;
    private final Consumer<String> progress;
    private final HttpClient http = HttpClient.newHttpClient();

    /// @param progress is told, in lines, what is being done
    BridgeBench(BridgePlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// What came of a run.
    ///
    /// @param flaws why its figures are worth nothing; empty where the run is valid
    record Result(List<String> report, List<String> flaws) {}

    /// What was measured at once.
    ///
    /// @param latency of Connect's answers, in milliseconds
    /// @param perSecond turns a second; 0 for a backlog, which goes as fast as it can
    /// @param micros from when a turn was due until Connect had accepted it, without that latency; empty for a
    ///     backlog
    /// @param turns that were handed over
    /// @param missing turns that were not
    /// @param calls SendMessage calls for each of them
    /// @param bridge what the process of the bridge used
    record Measurement(
            int latency,
            int perSecond,
            Histogram micros,
            long turns,
            long missing,
            double calls,
            Usage bridge,
            long nanos) {}

    /// The processes that take part.
    private record Processes(Child bridge, URI connect, TurnsSpoken spoken, TurnsReceived accepted) {}

    /// Runs it once. Throws where a process does not start or ends, but not where the figures are worth nothing.
    Result run() throws Exception {
        Lifecycle components = new Lifecycle();
        // Whoever loses patience leaves no data behind.
        Runtime.getRuntime().addShutdownHook(new Thread(components::close, "shutdown"));
        try (components) {
            progress.accept("Starting broker, stand-in and bridge ...");
            Processes processes = start(components);
            openChats(processes);
            List<Measurement> measurements = new ArrayList<>();
            for (int latency : plan.latencies()) {
                slow(processes.connect(), latency);
                measurements.add(backlog(processes, latency));
                progress.accept(BridgeReport.line(measurements.getLast()));
                for (int rate : plan.rates()) {
                    measurements.add(constant(processes, latency, rate));
                    progress.accept(BridgeReport.line(measurements.getLast()));
                }
            }
            List<String> flaws = flaws(measurements);
            return new Result(BridgeReport.lines(plan, Machine.words(), measurements, flaws), flaws);
        } finally {
            http.close();
        }
    }

    private Processes start(Lifecycle components) throws Exception {
        Folder folder = components.add("folder", Folder.make());
        Child broker = components
                .add(
                        "broker",
                        Child.start(
                                Role.BROKER,
                                folder.path(),
                                folder.path().resolve("kafka").toString()))
                .awaitStarted();
        Child connect = components
                .add("connect", Child.start(Role.CONNECT, folder.path()))
                .awaitStarted();
        String bootstrapServers = "127.0.0.1:" + broker.port();
        URI address = URI.create("http://localhost:" + connect.port());
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(bootstrapServers))) {
            keeper.create(
                    Topics.all(List.of(Topics.MESSAGE_RECEIVED.name())),
                    new TopicKeeper.Layout(BridgePlan.PARTITIONS, (short) 1, 1));
        }
        Child bridge = components
                .add(
                        "bridge",
                        Child.start(
                                Role.BRIDGE,
                                folder.path(),
                                bootstrapServers,
                                address.toString(),
                                Integer.toString(FreePort.next())))
                .awaitStarted();
        return new Processes(
                bridge,
                address,
                components.add("turns", new TurnsSpoken(bootstrapServers)),
                components.add("accepted", new TurnsReceived(bootstrapServers, Topics.CONNECT_MESSAGE_SENT.name())));
    }

    private void openChats(Processes processes) throws InterruptedException {
        for (int customer = 0; customer < plan.conversations(); customer++) {
            processes.spoken().say(customer);
        }
        if (processes.accepted().await(plan.conversations(), PATIENCE).size() < plan.conversations()) {
            throw new IllegalStateException("Not all chats were opened");
        }
        progress.accept(plan.conversations() + " chats are open");
    }

    /// Everything is there at once.
    private Measurement backlog(Processes processes, int latency) throws Exception {
        processes.accepted().forget();
        double callsBefore = sends(processes);
        Usage before = processes.bridge().usage();
        long began = System.nanoTime();
        for (int turn = 0; turn < plan.backlog(); turn++) {
            processes.spoken().say(turn % plan.conversations());
        }
        processes.spoken().flush();
        long turns = processes.accepted().await(plan.backlog(), PATIENCE).size();
        long nanos = System.nanoTime() - began;
        return new Measurement(
                latency,
                0,
                new Histogram(LONGEST_MICROS, 3),
                turns,
                plan.backlog() - turns,
                (sends(processes) - callsBefore) / turns,
                processes.bridge().usage().since(before),
                nanos);
    }

    /// Turns come when they are due, however late the ones before them are.
    private Measurement constant(Processes processes, int latency, int perSecond) throws Exception {
        processes.accepted().forget();
        double callsBefore = sends(processes);
        Usage before = processes.bridge().usage();
        Map<String, Instant> due = new HashMap<>();
        Instant begin = Instant.now();
        long began = System.nanoTime();
        int all = perSecond * plan.seconds();
        for (int turn = 0; turn < all; turn++) {
            long at = turn * Duration.ofSeconds(1).toNanos() / perSecond;
            LockSupport.parkNanos(Math.max(0, began + at - System.nanoTime()));
            due.put(processes.spoken().say(turn % plan.conversations()), begin.plusNanos(at));
        }
        long nanos = System.nanoTime() - began;
        processes.spoken().flush();
        List<TurnsReceived.Received> accepted = processes.accepted().await(all, PATIENCE);
        Histogram micros = new Histogram(LONGEST_MICROS, 3);
        for (TurnsReceived.Received one : accepted) {
            SentPart part = part(one.value());
            long took = Duration.between(due.get(part.turnId()), part.at()).toNanos() / 1_000;
            micros.recordValue(Math.clamp(took - latency * 1_000L, 0, LONGEST_MICROS));
        }
        return new Measurement(
                latency,
                perSecond,
                micros,
                accepted.size(),
                all - accepted.size(),
                (sends(processes) - callsBefore) / accepted.size(),
                processes.bridge().usage().since(before),
                nanos);
    }

    private static List<String> flaws(List<Measurement> measurements) {
        List<String> flaws = new ArrayList<>();
        for (Measurement one : measurements) {
            if (one.missing() > 0) {
                flaws.add(one.missing() + " turns were not handed over: " + BridgeReport.line(one));
            }
            if (Math.abs(one.calls() - 1) > 1e-9) {
                flaws.add("Not one call for each turn: " + BridgeReport.line(one));
            }
        }
        return flaws;
    }

    private void slow(URI connect, int millis) throws Exception {
        send(HttpRequest.newBuilder(connect.resolve("/_faults")).DELETE());
        if (millis > 0) {
            send(HttpRequest.newBuilder(connect.resolve("/_faults"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            Json.text(Map.of("target", "SendMessage", "delayMillis", millis, "times", ALL_CALLS)))));
        }
    }

    private double sends(Processes processes) throws Exception {
        String scrape = send(HttpRequest.newBuilder(
                URI.create("http://localhost:" + processes.bridge().port() + "/metrics")));
        return SENDS.matcher(scrape)
                .results()
                .mapToDouble(sample -> Double.parseDouble(sample.group(1)))
                .sum();
    }

    private String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("Answered " + answer.statusCode());
        }
        return answer.body();
    }

    private static SentPart part(byte[] value) {
        try {
            return Json.read(value, SentPart.class);
        } catch (UnreadableJson e) {
            throw new IllegalStateException("A part that nobody can read", e);
        }
    }
}
