package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.turn.Turn;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A new version goes out while customers and agents write to each other: two of each service, each of the six is told
/// to stop and started again, one after the other, as `docs/upgrading.md` says. Nothing is lost, repeated, swapped or
/// split, and nobody is answered anything but 200 and 503. Prints how late turns were closed meanwhile.
@Tag("alone")
@Tag("proof")
final class RollingRestartIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration GAP = Duration.ofSeconds(1);
    private static final int CUSTOMERS = 8;
    private static final int MESSAGES = 3;

    /// As often as WhatsApp accepts messages to one customer.
    private static final Duration BETWEEN_ANSWERS = Duration.ofSeconds(6);

    /// As docs/upgrading.md asks, in records.
    private static final double MOST_BEHIND = 1_000;

    /// Of a process that was stopped by SIGTERM, and stopped in order.
    private static final int STOPPED = 143;

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("lull.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final AtomicBoolean isOver = new AtomicBoolean();

    /// What a customer wrote, and what the agent answered.
    private record Talk(String customer, Future<List<Bursts.Burst>> written, Future<Integer> answered) {}

    @Test
    void losesRepeatsSwapsAndSplitsNothing() throws Exception {
        System.out.println("-Dlull.seed=" + seed);
        try (Lifecycle components = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            QueueServer queue = components.add("queue", QueueServer.start());
            // As docs/configuration.md recommends: what is received and not handled is late, and overtaken.
            queue.hideFor(Duration.ofSeconds(60));
            Map<String, String> ofTheQueue = Map.of(
                    "connect.event.doors", "sqs",
                    "connect.queue.url", queue.url(),
                    "connect.queue.endpoint", queue.endpoint());
            LocalLull lull = LocalLull.startAround(options, SharedBroker.empty(), ofTheQueue, components);
            World world = components.add("world", new World(options, lull.bootstrapServers()));
            int[] ports = {options.ingressPort(), FreePort.next()};
            List<ChildService> bridges = pair("bridge", lull, components, ofTheQueue, Map.of());
            List<ChildService> aggregators = pair("aggregator", lull, components, ofTheQueue, Map.of());
            List<ChildService> ingresses =
                    pair("ingress", lull, components, ofTheQueue, Map.of("ingress.port", Integer.toString(ports[1])));
            RetryingWebhooks webhooks = components.add("webhooks", new RetryingWebhooks(ports));
            ClosingDelays delays = components.add("delays", new ClosingDelays(world, GAP));

            List<Talk> talks = new ArrayList<>();
            // In this order, also after a failure: people stop, then they are awaited.
            try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
                    Closeable _ = () -> isOver.set(true)) {
                for (int customer = 0; customer < CUSTOMERS; customer++) {
                    String phone = "1555090%04d".formatted(customer);
                    SplittableRandom own = random.split();
                    talks.add(new Talk(
                            phone,
                            people.submit(() -> write(webhooks, phone, own)),
                            people.submit(() -> answer(world, phone))));
                }
                awaitTurns(world, CUSTOMERS);
                delays.phase("before");
                awaitTurns(world, world.turns().size() + 2 * CUSTOMERS);
                roll("bridges", bridges, world, delays);
                roll("aggregators", aggregators, world, delays);
                roll("ingresses", ingresses, world, delays);
                delays.phase("after");
                awaitTurns(world, world.turns().size() + 2 * CUSTOMERS);
            }

            for (Talk talk : talks) {
                assertWhole(world, talk);
            }
            List<Bursts.Burst> bursts = new ArrayList<>();
            for (Talk talk : talks) {
                bursts.addAll(talk.written().get());
            }
            InputPolicy policy = new InputPolicy(
                    TurnPolicy.ofGap(GAP), Map.of(), InputPolicy.HolePolicy.DEFAULT, Duration.ofSeconds(10));
            TurnHistory.awaitExact(lull.bootstrapServers(), policy, bursts);
            assertThat(webhooks.answers().keySet())
                    .as("answers of the ingresses")
                    .contains(200)
                    .isSubsetOf(200, 503);
            System.out.println(webhooks.answers() + " answers, " + webhooks.broken() + " attempts without an answer");
            delays.report().forEach(System.out::println);
        }
    }

    /// Restarts both, one after the other.
    private static void roll(String name, List<ChildService> pair, World world, ClosingDelays delays) throws Exception {
        delays.phase(name);
        for (ChildService one : pair) {
            restart(one, pair, world);
        }
    }

    /// Stops a process as a supervisor does, starts it again, and waits as an operator does before the next one.
    private static void restart(ChildService one, List<ChildService> pair, World world) throws Exception {
        one.stop();
        assertThat(one.exitCode()).contains(STOPPED);
        one.start().awaitReady();
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (ChildService each : pair) {
                assertThat(world.send(HttpRequest.newBuilder(each.admin("/readyz")))
                                .statusCode())
                        .isEqualTo(200);
                assertThat(sum(world, each, "lull_state_restoring")).isZero();
                assertThat(sum(world, each, "lull_state_standby_lag")).isLessThan(MOST_BEHIND);
            }
        });
        // What follows is not to be the first traffic that it sees.
        awaitTurns(world, world.turns().size() + CUSTOMERS);
    }

    /// The sum of a meter over all input topics.
    private static double sum(World world, ChildService service, String meter) {
        return world.send(HttpRequest.newBuilder(service.admin("/metrics")))
                .body()
                .lines()
                .filter(line -> line.startsWith(meter + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void awaitTurns(World world, int turns) {
        await().atMost(PATIENCE).until(() -> world.turns().size() >= turns);
    }

    /// Everything that both said reached the other, once, in order, in one chat.
    private static void assertWhole(World world, Talk talk) throws Exception {
        String customer = talk.customer();
        List<String> lines = lines('c', talk.written().get().size() * MESSAGES);
        List<String> answers = lines('a', talk.answered().get());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shown(world, customer)).contains(lines.getLast()));
        assertThat(shown(world, customer)).isEqualTo(lines);
        assertThat(world.chats(customer)).as("chats of " + customer).hasSize(1);
        assertThat(world.turns(customer).stream().map(Turn::messageIds).flatMap(List::stream))
                .isEqualTo(talk.written().get().stream()
                        .flatMap(burst -> burst.ids().stream())
                        .toList());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.phoneTexts(customer)).contains(answers.getLast()));
        assertThat(world.phoneTexts(customer)).isEqualTo(answers);
    }

    /// Bursts, with longer silences between them than the gap.
    private List<Bursts.Burst> write(RetryingWebhooks webhooks, String customer, SplittableRandom own) {
        List<Bursts.Burst> bursts = new ArrayList<>();
        int line = 0;
        while (!isOver.get()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                ids.add(webhooks.insist(customer, "c" + line++));
                pass(Duration.ofMillis(own.nextInt(50, 200)));
            }
            bursts.add(new Bursts.Burst(customer, List.copyOf(ids)));
            pass(GAP.plusMillis(own.nextInt(500, 1_500)));
        }
        return bursts;
    }

    /// An agent who writes as long as the customer does.
    private int answer(World world, String customer) {
        await().atMost(PATIENCE).until(() -> !world.chats(customer).isEmpty());
        JsonNode chat = world.chats(customer).getFirst();
        int said = 0;
        while (!isOver.get()) {
            world.agentSays(chat, "a" + said++);
            pass(BETWEEN_ANSWERS);
        }
        return said;
    }

    private List<ChildService> pair(
            String name,
            LocalLull lull,
            Lifecycle components,
            Map<String, String> ofBoth,
            Map<String, String> ofTheSecond)
            throws Exception {
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("turn.gap", GAP.toMillis() + "ms");
        settings.put("streams.standbys", "1");
        settings.putAll(ofBoth);
        List<ChildService> pair = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Path own = Files.createDirectories(directory.resolve(name + i));
            Map<String, String> all = new HashMap<>(settings);
            all.put("streams.state.dir", own.resolve("state").toString());
            if (i == 1) {
                int operators = FreePort.next();
                all.put("aggregator.port", Integer.toString(operators));
                all.put("aggregator.advertised", "localhost:" + operators);
                all.put("bridge.port", Integer.toString(FreePort.next()));
                all.putAll(ofTheSecond);
            }
            pair.add(components
                    .add(name + i, new ChildService(name, all, own, World.CLASS_PATH))
                    .start());
        }
        for (ChildService one : pair) {
            one.awaitReady();
        }
        return pair;
    }

    private static List<String> shown(World world, String customer) {
        return world.customerTexts(customer).stream().flatMap(String::lines).toList();
    }

    private static List<String> lines(char letter, int count) {
        return IntStream.range(0, count)
                .mapToObj(line -> letter + Integer.toString(line))
                .toList();
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
    }
}
