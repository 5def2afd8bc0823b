package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lull.local.broker.BrokerProcess;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A campaign whose command, ingress, bridge and broker are processes of their own, and are killed in its middle. With
/// `-Dlull.campaign.customers=10000` it is a large one.
@Tag("own-jvm")
@Tag("proof")
final class CampaignKilledIT {

    private static final int CUSTOMERS = Integer.getInteger("lull.campaign.customers", 300);

    /// So that the kills fall into the middle however many customers there are.
    private static final int PACE = Math.max(40, CUSTOMERS / 100);

    private static final int KILLS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private final Lifecycle components = new Lifecycle();
    private final long seed = Long.getLong("lull.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private World world;
    private LocalOptions options;
    private BrokerProcess broker;
    private ChildService ingress;
    private ChildService bridge;
    private final List<Process> commands = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        System.out.println("-Dlull.seed=" + seed);
        options = World.options(directory);
        broker = components.add("broker", BrokerProcess.start(0, directory.resolve("kafka")));
        LocalLull lull = LocalLull.startAround(options, broker.bootstrapServers(), components);
        world = components.add("world", new World(options, lull.bootstrapServers()));
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("doubt.wait", "20s");
        ingress = components
                .add("ingress", new ChildService("ingress", settings, directory, World.CLASS_PATH))
                .start();
        bridge = components
                .add("bridge", new ChildService("bridge", settings, directory, World.CLASS_PATH))
                .start();
        ingress.awaitReady();
        bridge.awaitReady();
    }

    @AfterEach
    void stop() {
        commands.forEach(Process::destroyForcibly);
        components.close();
    }

    @Test
    void eachCustomerGetsTheTemplateOnceOrIsInDoubtByName() throws Exception {
        List<String> customers = IntStream.range(0, CUSTOMERS)
                .mapToObj(i -> "1555" + (1_000_000 + i))
                .toList();
        Path file = directory.resolve("large.csv");
        List<String> lines = new ArrayList<>(List.of("customer,1,attribute.tier"));
        customers.forEach(customer -> lines.add(customer + ",17,gold"));
        Files.write(file, lines);

        command(file);
        for (int kill = 0; kill < KILLS; kill++) {
            awaitSent((kill + 1) * CUSTOMERS / (KILLS + 2));
            kill(kill, file);
        }
        await().pollInterval(Duration.ofMillis(500))
                .atMost(PATIENCE.plusSeconds(CUSTOMERS / PACE))
                .until(() -> commands.stream().noneMatch(Process::isAlive));

        List<String> report = Files.readAllLines(directory.resolve("large.csv.large.report.csv"));
        assertThat(report).hasSize(CUSTOMERS + 1);
        Map<String, String> outcomes = new HashMap<>();
        report.stream().skip(1).map(line -> line.split(",", -1)).forEach(row -> outcomes.put(row[1], row[3]));
        Map<String, Integer> got = sent();
        for (String customer : customers) {
            int messages = got.getOrDefault(customer, 0);
            String outcome = outcomes.get(customer);
            assertThat(messages).as("%s is %s", customer, outcome).isLessThanOrEqualTo(1);
            assertThat(outcome).as("%s got %d", customer, messages).isIn("sent", "delivered", "read", "in_doubt");
            if (!"in_doubt".equals(outcome)) {
                assertThat(messages).as("%s is %s", customer, outcome).isEqualTo(1);
            }
        }
        long doubts = outcomes.values().stream().filter("in_doubt"::equals).count();
        System.out.printf("%d customers, %d in doubt, after %d kills%n", CUSTOMERS, doubts, KILLS);
        assertThat(doubts)
                .as("those that a bridge was about to send when it was killed")
                .isLessThan(CUSTOMERS / 4 + 10);
    }

    /// Each in turn, then everything at once; in between a moment that is different each time.
    private void kill(int number, Path file) throws Exception {
        await().pollDelay(Duration.ofMillis(random.nextLong(1, 700))).until(() -> true);
        switch (number % 5) {
            case 0 -> {
                killCommand();
                command(file);
            }
            case 1 -> {
                bridge.kill();
                bridge.start();
            }
            case 2 -> {
                ingress.kill();
                ingress.start();
            }
            case 3 -> {
                broker.kill();
                broker.start();
            }
            default -> {
                killCommand();
                bridge.kill();
                ingress.kill();
                broker.kill();
                broker.start();
                ingress.start();
                bridge.start();
                ingress.awaitReady();
                command(file);
            }
        }
    }

    private void awaitSent(int count) {
        await().pollInterval(Duration.ofMillis(500))
                .atMost(PATIENCE.plusSeconds(CUSTOMERS / PACE))
                .until(() -> sent().size() >= count);
    }

    private Map<String, Integer> sent() {
        Map<String, Integer> sent = new HashMap<>();
        world.get(world.graph("/_phone/messages"))
                .forEach(message -> sent.merge(message.path("to").asText(), 1, Integer::sum));
        return sent;
    }

    private void killCommand() {
        commands.getLast().destroyForcibly().onExit().join();
    }

    private void command(Path file) throws Exception {
        commands.add(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        World.CLASS_PATH,
                        "lull.cli.Lull",
                        "campaign",
                        "send",
                        file.toString(),
                        "--name",
                        "large",
                        "--number",
                        World.NUMBER,
                        "--template",
                        "order_shipped",
                        "--language",
                        "en_US",
                        "--by",
                        "Ana",
                        "--url",
                        "http://localhost:" + options.ingressPort(),
                        "--pace",
                        Integer.toString(PACE),
                        "--wait",
                        "120s")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("campaign.log").toFile()))
                .start());
    }
}
