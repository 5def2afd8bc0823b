package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/lull campaign send` against an ingress and a bridge that are processes of their own: what is
/// checked before anything is sent, what is reported, and kills of everything in the middle.
@Tag("proof")
final class CampaignIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CUSTOMERS = 300;

    @TempDir
    private static Path directory;

    private static final Lifecycle PARTS = new Lifecycle();
    private static World world;
    private static LocalOptions options;
    private static ChildService ingress;
    private static ChildService bridge;

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        LocalLull lull = LocalLull.startAround(options, SharedBroker.empty(), PARTS);
        world = PARTS.add("world", new World(options, lull.bootstrapServers()));
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("doubt.wait", "20s");
        ingress = PARTS.add("ingress", new ChildService("ingress", settings, directory, classPath()))
                .start();
        bridge = PARTS.add("bridge", new ChildService("bridge", settings, directory, classPath()))
                .start();
        ingress.awaitReady();
        bridge.awaitReady();
    }

    @AfterAll
    static void stop() {
        PARTS.close();
    }

    @Test
    void aDryRunShowsAndAWrongFileNamesAllRowsAndNeitherSends() throws Exception {
        Path file = directory.resolve("wrong.csv");
        Files.writeString(file, "customer,1\n12,17\n15550083001,\n");
        Ran wrong = Ran.lull(arguments(file, "wrong", "--dry-run"));
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("2 problems", "row 2: to.phone must be", "row 3: 1 is empty");

        Files.writeString(file, "customer,1\n15550083001,17\n");
        Ran dry = Ran.lull(arguments(file, "wrong", "--dry-run"));
        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("1 customers, nothing was sent", "\"text\":\"17\"");
        assertThat(world.phone("15550083001")).isEmpty();
        assertThat(Files.exists(directory.resolve("wrong.csv.wrong.progress"))).isFalse();
    }

    @Test
    void theReportSaysWhatBecameOfEachAndTheNextRunSendsNothingAgain() throws Exception {
        Path file = directory.resolve("small.csv");
        Files.writeString(file, "customer,1\n15550083101,17\n15550083102,18\n15550083103,19\n");
        world.fault(world.graph("/"), "{'target':'messages','code':'131026'}");

        Ran first = Ran.lull(arguments(file, "small", "--pace", "1000", "--wait", "60s"));
        assertThat(first.exitCode()).as(first.out() + first.err()).isEqualTo(1);
        assertThat(first.out()).contains("1  refused by WhatsApp, or not delivered", "The report is in");
        String report = Files.readString(directory.resolve("small.csv.small.report.csv"));
        assertThat(report.lines()).hasSize(4).first().isEqualTo("row,customer,id,outcome,reason");
        assertThat(report.lines().filter(line -> line.contains("131026"))).hasSize(1);

        Ran again = Ran.lull(arguments(file, "small", "--pace", "1000", "--wait", "60s"));
        assertThat(again.out()).contains("1  refused by WhatsApp, or not delivered");
        assertThat(IntStream.rangeClosed(1, 3)
                        .map(i -> world.phone("1555008310" + i).size())
                        .sum())
                .isEqualTo(2);
        Ran other = Ran.lull(
                "campaign",
                "send",
                file.toString(),
                "--name",
                "small",
                "--number",
                World.NUMBER,
                "--template",
                "another",
                "--language",
                "en",
                "--url",
                "http://localhost:" + options.ingressPort());
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("is not of the campaign");
    }

    @Test
    void whateverIsKilledEachCustomerGetsTheTemplateOnceOrIsInDoubtByName() throws Exception {
        List<String> customers = IntStream.range(0, CUSTOMERS)
                .mapToObj(i -> "1555090" + (1000 + i))
                .toList();
        Path file = directory.resolve("large.csv");
        List<String> lines = new ArrayList<>(List.of("customer,1,attribute.tier"));
        customers.forEach(customer -> lines.add(customer + ",17,gold"));
        Files.write(file, lines);

        Process command = command(file);
        awaitSent(customers, CUSTOMERS / 6);
        command.destroyForcibly().onExit().join();
        command = command(file);
        awaitSent(customers, CUSTOMERS / 3);
        bridge.kill();
        ingress.kill();
        ingress.start();
        bridge.start();
        awaitSent(customers, CUSTOMERS / 2);
        // Everything at once.
        command.destroyForcibly().onExit().join();
        bridge.kill();
        ingress.kill();
        ingress.start();
        bridge.start();
        command = command(file);
        awaitSent(customers, CUSTOMERS * 3 / 4);
        bridge.kill();
        bridge.start();
        Process last = command;
        await().atMost(Duration.ofMinutes(6)).until(() -> !last.isAlive());

        List<String> report = Files.readAllLines(directory.resolve("large.csv.large.report.csv"));
        assertThat(report).hasSize(CUSTOMERS + 1);
        Map<String, String> outcomes = new HashMap<>();
        report.stream().skip(1).map(line -> line.split(",", -1)).forEach(row -> outcomes.put(row[1], row[3]));
        for (String customer : customers) {
            int got = world.phone(customer).size();
            String outcome = outcomes.get(customer);
            assertThat(got).as("%s is %s", customer, outcome).isLessThanOrEqualTo(1);
            assertThat(outcome).as("%s got %d", customer, got).isIn("sent", "delivered", "read", "in_doubt");
            if (!"in_doubt".equals(outcome)) {
                assertThat(got).as("%s is %s", customer, outcome).isEqualTo(1);
            }
        }
        assertThat(outcomes.values().stream().filter("in_doubt"::equals).count())
                .as("those that a bridge was about to send when it was killed")
                .isLessThan(CUSTOMERS / 4);
    }

    private static void awaitSent(List<String> customers, int count) {
        await().atMost(PATIENCE).until(() -> sent(customers) >= count);
    }

    private static long sent(List<String> customers) {
        JsonNode messages = world.get(world.graph("/_phone/messages"));
        return messages.valueStream()
                .map(message -> message.path("to").asText())
                .filter(customers::contains)
                .distinct()
                .count();
    }

    private static Process command(Path file) throws Exception {
        List<String> call = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                classPath(),
                "lull.cli.Lull"));
        call.addAll(List.of(arguments(file, "large", "--pace", "40", "--wait", "90s")));
        return new ProcessBuilder(call)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("campaign.log").toFile()))
                .start();
    }

    private static String classPath() {
        return World.CLASS_PATH;
    }

    private static String[] arguments(Path file, String name, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "campaign",
                "send",
                file.toString(),
                "--name",
                name,
                "--number",
                World.NUMBER,
                "--template",
                "order_shipped",
                "--language",
                "en_US",
                "--by",
                "Ana",
                "--url",
                "http://localhost:" + options.ingressPort()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
