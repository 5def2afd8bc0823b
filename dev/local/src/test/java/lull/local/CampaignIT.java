package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/lull campaign send` against a whole system: what is checked before anything is sent, and what is reported.
@Tag("proof")
final class CampaignIT {

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static LocalOptions options;

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        LocalLull lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), Map.of(), COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
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
        assertThat(dry.out()).contains("1 customer, nothing was sent", "\"text\":\"17\"");
        assertThat(world.phone("15550083001")).isEmpty();
        Ran onto = Ran.lull(arguments(file, "wrong", "--report", file.toString()));
        assertThat(onto.err()).contains("--report must be another file than that of the customers");
        Ran nowhere = Ran.lull(arguments(
                file, "wrong", "--report", directory.resolve("none/report.csv").toString()));
        assertThat(nowhere.err()).contains("The report cannot be written to ");
        Files.writeString(file, "customer,1,header.image\n15550083001,\"two\nlines\",http://x.example/a.png\n");
        assertThat(Ran.lull(arguments(file, "wrong", "--dry-run")).err())
                .contains("must have no line breaks", "must be an https address");
        assertThat(Ran.lull(arguments(directory.resolve("none.csv"), "wrong")).err())
                .contains("There is no file ");
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
        assertThat(other.err()).contains("has the progress of another campaign");
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
