package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.cli.Configuration;
import lull.contract.topic.Topics;
import lull.ingress.IngressService;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.process.ServiceProcess;

/// Customers who write in bursts, an ingress in this JVM, and aggregators as processes of their own, around
/// brokers that somebody else runs. What is done to them is up to the test; [#awaitExact(Bursts)]
/// tells whether it did any harm.
final class TurnsUnderTest implements AutoCloseable {

    private static final Duration GAP = Duration.ofSeconds(2);
    private static final int CUSTOMERS = 32;

    /// Messages that are received within the gap less this are never split: so it is promised.
    private static final Duration LENIENCE = Duration.ofMillis(500);

    /// The exceptions are rare. A run has some hundred bursts, so a few of them are a large part; if many are excused,
    /// the excuse is wrong.
    private static final double MOST_EXCUSED = 0.1;

    /// As it is shipped.
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(10);

    private static final InputPolicy.HolePolicy HOLE = InputPolicy.HolePolicy.DEFAULT;

    private static final String SECRET = "test-secret";

    private final Lifecycle components = new Lifecycle();
    private final long seed = Long.getLong("lull.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final String bootstrapServers;
    private final Path directory;
    private final Map<String, String> settings;
    private final LocalOptions options;

    private int aggregators;

    /// Makes the topics and starts an ingress.
    TurnsUnderTest(String bootstrapServers, TopicKeeper.Layout layout, Path directory) throws Exception {
        System.out.println("-Dlull.seed=" + seed);
        this.bootstrapServers = bootstrapServers;
        this.directory = directory;
        this.options = LocalOptions.onFreePorts(directory);
        this.settings = settings();
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(bootstrapServers))) {
            keeper.create(Topics.all(List.of(Topics.MESSAGE_RECEIVED.name())), layout);
        }
        ServiceProcess.start("ingress", Configuration.load(Map.of(), settings), components, IngressService::start);
    }

    private Map<String, String> settings() {
        Map<String, String> all = new HashMap<>();
        all.put("kafka.bootstrap.servers", bootstrapServers);
        all.put("ingress.port", Integer.toString(options.ingressPort()));
        all.put("admin.port", Integer.toString(options.adminPort()));
        // Several of them run on this machine.
        all.put("aggregator.port", "0");
        all.put("whatsapp.app.secrets", SECRET);
        all.put("whatsapp.verify.token", "test-token");
        all.put("turn.gap", GAP.toMillis() + "ms");
        all.put("turn.settle", HOLE.settle().toMillis() + "ms");
        all.put("ingress.ack.timeout", ACK_TIMEOUT.toMillis() + "ms");
        // Needed by the bridge alone.
        all.put("connect.instance.id", "none");
        all.put("connect.contact.flow.id", "none");
        all.put("connect.streaming.topic.arn", "arn:aws:sns:us-east-1:123456789012:none");
        all.put("whatsapp.access.token", "none");
        return all;
    }

    /// A further aggregator, with a state directory of its own.
    ChildService startAggregator() throws IOException {
        Path own = Files.createDirectories(directory.resolve("aggregator" + ++aggregators));
        Map<String, String> all = new HashMap<>(settings);
        all.put("streams.state.dir", own.resolve("state").toString());
        return components
                .add("aggregator " + aggregators, new ChildService("aggregator", all, own, World.CLASS_PATH))
                .start();
    }

    /// Lets customers write.
    Bursts startBursts() {
        URI door = URI.create("http://localhost:" + options.ingressPort() + "/webhooks/whatsapp");
        return components.add("bursts", new Bursts(door, SECRET, GAP, CUSTOMERS, random.split()));
    }

    /// Lets a random time pass.
    void pass(Duration least, Duration most) {
        long millis = random.nextLong(least.toMillis(), most.toMillis());
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMinutes(3))
                .until(() -> true);
    }

    private static InputPolicy policy() {
        return new InputPolicy(TurnPolicy.ofGap(GAP), Map.of(), HOLE, ACK_TIMEOUT);
    }

    /// Stops the customers, and checks that the turns are exact. Of the bursts whose messages were received within what
    /// is promised, only those may be split for which one of the named exceptions is shown.
    void awaitExact(Bursts bursts) throws Exception {
        List<Bursts.Burst> all = bursts.stop();
        judge(TurnHistory.awaitExact(bootstrapServers, policy(), all), all);
        System.out.println(bursts.sentAgain() + " webhooks were sent again");
    }

    /// The same of all that was accepted on these brokers, also by an earlier ingress. Turns are compared without their
    /// order, which a topic of turns with other partitions than the input does not tell.
    void awaitExactButForOrder(List<Bursts.Burst> all) {
        judge(TurnHistory.awaitExactButForOrder(bootstrapServers, policy(), all), all);
    }

    private void judge(TurnHistory history, List<Bursts.Burst> all) {
        List<Bursts.Burst> promised = history.received(all, GAP.minus(LENIENCE));
        List<TurnHistory.Split> split = history.split(promised, LENIENCE);
        System.out.printf(
                "%d of %d bursts came out whole, in %d turns; %d more were received too slowly%n",
                promised.size() - split.size(), promised.size(), history.turns(), all.size() - promised.size());
        split.forEach(burst -> System.out.println("Split, " + burst.exception().orElse("for no reason") + ": "
                + String.join("\n  ", burst.places()) + "\n  log: " + burst.log()));
        assertThat(promised).as("bursts to be judged").isNotEmpty();
        assertThat(split)
                .as("bursts that were split although nothing excuses it, -Dlull.seed=%d", seed)
                .filteredOn(burst -> burst.exception().isEmpty())
                .isEmpty();
        assertThat((double) split.size() / promised.size())
                .as("part of the bursts that an exception excuses, -Dlull.seed=%d", seed)
                .isLessThanOrEqualTo(MOST_EXCUSED);
    }

    @Override
    public void close() {
        components.close();
    }
}
