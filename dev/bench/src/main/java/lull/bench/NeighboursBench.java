package lull.bench;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Measurement of what a misconfigured business number costs the healthy one beside it in the same bridge, in
/// both directions. Three bridges with brokers of their own run all the time, one for each [Neighbour], and
/// take turns in rounds, so that each is measured under what else this machine does.
final class NeighboursBench {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;

    private final NeighboursPlan plan;
    private final Consumer<String> progress;

    /// @param progress is told, in lines, what is being done
    NeighboursBench(NeighboursPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// What came of a run.
    ///
    /// @param flaws why its figures are worth nothing; empty if the run is valid
    record Result(List<String> report, List<String> flaws, Map<Neighbour, List<Delays>> measured) {}

    /// How late turns and replies of the healthy number were, from when they were due until they were accepted.
    ///
    /// @param missing of both kinds that were not accepted
    record Delays(Histogram turns, Histogram replies, long missing) {

        private static Delays none() {
            return new Delays(new Histogram(LONGEST_MICROS, 3), new Histogram(LONGEST_MICROS, 3), 0);
        }

        /// Both together.
        Delays and(Delays other) {
            Delays both = none();
            both.turns().add(turns);
            both.turns().add(other.turns());
            both.replies().add(replies);
            both.replies().add(other.replies());
            return new Delays(both.turns(), both.replies(), missing + other.missing());
        }
    }

    /// A bridge with a broker of its own.
    private record Side(
            TurnsSpoken spoken,
            RepliesRequested asked,
            TurnsReceived parts,
            TurnsReceived outcomes,
            Neighbour neighbour) {}

    /// Runs it once. Throws if a process does not start or ends.
    Result run() throws Exception {
        Lifecycle components = new Lifecycle();
        // Whoever loses patience leaves no data behind.
        Runtime.getRuntime().addShutdownHook(new Thread(components::close, "shutdown"));
        try (components) {
            progress.accept("Starting three brokers, the stand-ins and three bridges ...");
            Map<Neighbour, Side> sides = start(components);
            for (Side side : sides.values()) {
                openChats(side);
            }
            progress.accept("Warming up ...");
            for (Side side : sides.values()) {
                round(side);
            }
            Map<Neighbour, List<Delays>> measured = new EnumMap<>(Neighbour.class);
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Side side : sides.values()) {
                    Delays delays = round(side);
                    measured.computeIfAbsent(side.neighbour(), _ -> new ArrayList<>())
                            .add(delays);
                    progress.accept(NeighboursReport.line(side.neighbour(), round, delays));
                }
            }
            List<String> flaws = flaws(measured);
            return new Result(NeighboursReport.lines(plan, Machine.words(), measured, flaws), flaws, measured);
        }
    }

    private Map<Neighbour, Side> start(Lifecycle components) throws Exception {
        Folder folder = components.add("folder", Folder.make());
        Child connect = components
                .add("connect", Child.start(Role.CONNECT, folder.path()))
                .awaitStarted();
        Child graph =
                components.add("graph", Child.start(Role.GRAPH, folder.path())).awaitStarted();
        Map<Neighbour, Side> sides = new EnumMap<>(Neighbour.class);
        for (Neighbour neighbour : Neighbour.values()) {
            String data = folder.path().resolve("kafka-" + neighbour.label()).toString();
            Child broker = components
                    .add("broker", Child.start(Role.BROKER, folder.path(), data))
                    .awaitStarted();
            String bootstrapServers = "127.0.0.1:" + broker.port();
            try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(bootstrapServers))) {
                keeper.create(
                        Topics.all(List.of(Topics.MESSAGE_RECEIVED.name())),
                        new TopicKeeper.Layout(BridgePlan.PARTITIONS, (short) 1, 1));
            }
            Child _ = components
                    .add(
                            "bridge",
                            Child.start(
                                    Role.BRIDGE,
                                    folder.path(),
                                    bootstrapServers,
                                    address(connect),
                                    Integer.toString(FreePort.next()),
                                    address(graph),
                                    neighbour.name()))
                    .awaitStarted();
            sides.put(
                    neighbour,
                    new Side(
                            components.add("turns", new TurnsSpoken(bootstrapServers)),
                            components.add("replies", new RepliesRequested(bootstrapServers)),
                            components.add(
                                    "accepted",
                                    new TurnsReceived(bootstrapServers, Topics.CONNECT_MESSAGE_SENT.name())),
                            components.add("sent", new TurnsReceived(bootstrapServers, Topics.REPLY_SENT.name())),
                            neighbour));
        }
        return sides;
    }

    private static String address(Child child) {
        return URI.create("http://localhost:" + child.port()).toString();
    }

    private void openChats(Side side) throws InterruptedException {
        for (int customer = 0; customer < plan.conversations(); customer++) {
            side.spoken().say(customer);
        }
        if (side.parts().await(plan.conversations(), PATIENCE).size() < plan.conversations()) {
            throw new IllegalStateException("Not all chats were opened");
        }
    }

    /// Turns and replies come when they are due, however late the ones before them are.
    private Delays round(Side side) throws InterruptedException {
        side.parts().forget();
        side.outcomes().forget();
        Map<String, Instant> turnsDue = new HashMap<>();
        Map<String, Instant> repliesDue = new HashMap<>();
        Instant begin = Instant.now();
        long began = System.nanoTime();
        int all = plan.perSecond() * plan.seconds();
        for (int one = 0; one < all; one++) {
            long at = one * Duration.ofSeconds(1).toNanos() / plan.perSecond();
            LockSupport.parkNanos(Math.max(0, began + at - System.nanoTime()));
            int customer = one % plan.conversations();
            turnsDue.put(side.spoken().say(customer), begin.plusNanos(at));
            repliesDue.put(side.asked().ask(TurnsSpoken.NUMBER, customer), begin.plusNanos(at));
            if (side.neighbour() != Neighbour.NONE) {
                side.spoken().say(Neighbour.NUMBER, customer);
                side.asked().ask(Neighbour.NUMBER, customer);
            }
        }
        side.spoken().flush();
        side.asked().flush();
        Histogram turns = await(side.parts(), turnsDue, NeighboursBench::turn);
        Histogram replies = await(side.outcomes(), repliesDue, NeighboursBench::reply);
        return new Delays(turns, replies, 2L * all - turns.getTotalCount() - replies.getTotalCount());
    }

    /// What was accepted.
    private record Accepted(String id, Instant at) {}

    /// Waits until everything that was due is accepted, and for some time if it is not; returns how late it was.
    ///
    /// @param reading what a record says was accepted; empty if it says something else
    private static Histogram await(
            TurnsReceived received, Map<String, Instant> due, Function<byte[], Optional<Accepted>> reading)
            throws InterruptedException {
        Histogram micros = new Histogram(LONGEST_MICROS, 3);
        int before = -1;
        for (int wanted = due.size(); micros.getTotalCount() < due.size() && wanted > before; ) {
            List<TurnsReceived.Received> records = received.await(wanted, PATIENCE);
            before = records.size();
            wanted = before + 1;
            micros.reset();
            records.stream()
                    .flatMap(record -> reading.apply(record.value()).stream())
                    .forEach(accepted -> note(micros, due.get(accepted.id()), accepted.at()));
        }
        return micros;
    }

    private static Optional<Accepted> turn(byte[] value) {
        SentPart part = read(value, SentPart.class);
        return Optional.of(new Accepted(part.turnId(), part.at()));
    }

    private static Optional<Accepted> reply(byte[] value) {
        return read(value, ReplyOutcome.class) instanceof ReplyOutcome.Sent sent
                ? Optional.of(new Accepted(sent.replyId(), sent.at()))
                : Optional.empty();
    }

    private static void note(Histogram micros, @Nullable Instant due, Instant at) {
        if (due != null) {
            micros.recordValue(Math.clamp(Duration.between(due, at).toNanos() / 1_000, 0, LONGEST_MICROS));
        }
    }

    private static List<String> flaws(Map<Neighbour, List<Delays>> measured) {
        List<String> flaws = new ArrayList<>();
        measured.forEach((neighbour, rounds) -> {
            long missing = rounds.stream().mapToLong(Delays::missing).sum();
            if (missing > 0) {
                flaws.add(missing + " turns and replies of the number were not accepted; neighbour: "
                        + neighbour.label());
            }
        });
        return flaws;
    }

    private static <T> T read(byte[] value, Class<T> type) {
        try {
            return Json.read(value, type);
        } catch (UnreadableJson e) {
            throw new IllegalStateException("A record that nobody can read", e);
        }
    }
}
