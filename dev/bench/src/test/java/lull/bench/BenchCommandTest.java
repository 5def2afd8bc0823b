package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lull.cli.Lull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BenchCommandTest {

    private static final Pattern OPTION = Pattern.compile("(?m)^\\| `(--[a-z-]+)(?: [A-Z]+)?` \\| ([^|]*?) ?\\|");

    private static final String TURNS_HEADING = "\n# How the aggregator makes turns\n";

    private static final String GAP_COST_HEADING = "\n# What the adaptive gap costs\n";

    private static final String BRIDGE_HEADING = "\n# How the bridge hands turns over\n";

    private static final String LANES_HEADING = "\n# What lanes cost\n";

    private static final String MEMORY_HEADING = "\n# What heap a bridge needs\n";

    private static final String ARCHIVE_HEADING = "\n# How fast the archive is\n";

    private static final String NEIGHBOURS_HEADING = "\n# What a neighbour costs\n";
    private static final String CHAOS_HEADING = "\n# What is kept when much goes wrong\n";
    private static final String ATTACK_HEADING = "\n# What signed traffic notices of attacks\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine lull =
            Lull.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void theCommandLineOffersIt() {
        assertThat(lull.execute("bench", "ingress", "--help")).isZero();
        assertThat(out.toString()).contains("--connections", "--rounds", "--seconds", "--warm-up", "--jfr", "--out");
    }

    @Test
    void thePageTellsOfEveryOptionAndItsDefault() throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "performance.md"));
        int turns = page.indexOf(TURNS_HEADING);
        int gapCost = page.indexOf(GAP_COST_HEADING);
        int bridge = page.indexOf(BRIDGE_HEADING);
        int lanes = page.indexOf(LANES_HEADING);
        int memory = page.indexOf(MEMORY_HEADING);
        int archive = page.indexOf(ARCHIVE_HEADING);
        int neighbours = page.indexOf(NEIGHBOURS_HEADING);
        int chaos = page.indexOf(CHAOS_HEADING);
        int attack = page.indexOf(ATTACK_HEADING);

        assertThat(turns).isPositive();
        assertThat(gapCost).isGreaterThan(turns);
        assertThat(bridge).isGreaterThan(gapCost);
        assertThat(lanes).isGreaterThan(bridge);
        assertThat(memory).isGreaterThan(lanes);
        assertThat(archive).isGreaterThan(memory);
        assertThat(neighbours).isGreaterThan(archive);
        assertThat(chaos).isGreaterThan(neighbours);
        assertThat(attack).isGreaterThan(chaos);
        assertThat(told(page.substring(0, turns)))
                .isEqualTo(offered(new IngressBenchCommand()))
                .hasSize(7);
        assertThat(told(page.substring(bridge, lanes)))
                .isEqualTo(offered(new BridgeBenchCommand()))
                .hasSize(6);
        assertThat(told(page.substring(lanes, memory)))
                .isEqualTo(offered(new LanesBenchCommand()))
                .hasSize(8);
        assertThat(told(page.substring(memory, archive)))
                .isEqualTo(offered(new MemoryBenchCommand()))
                .hasSize(4);
        assertThat(told(page.substring(archive, neighbours)))
                .isEqualTo(offered(new ArchiveBenchCommand()))
                .hasSize(4);
        assertThat(told(page.substring(neighbours, chaos)))
                .isEqualTo(offered(new NeighboursBenchCommand()))
                .hasSize(6);
        assertThat(told(page.substring(attack)))
                .isEqualTo(offered(new AttackCommand()))
                .hasSize(9);
        assertThat(told(page.substring(chaos, attack)))
                .isEqualTo(offered(new ChaosCommand()))
                .hasSize(5);
        assertThat(told(page.substring(turns, gapCost)))
                .isEqualTo(offered(new TurnsBenchCommand()))
                .hasSize(13);
        assertThat(told(page.substring(gapCost, bridge)))
                .isEqualTo(offered(new GapCostCommand()))
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"--connections, 0", "--rounds, 0", "--seconds, 0", "--seconds, 4000", "--warm-up, -1"})
    void refusesWhatCannotBeRunAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "ingress", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }

    @ParameterizedTest
    @CsvSource({
        "--rounds, 0",
        "--messages, 10",
        "--per-turn, 31",
        "--open, 10",
        "--hour, 0",
        "--rates, 0",
        "--seconds, 0",
        "--peer-commit, 1",
    })
    void refusesTurnsThatCannotBeMeasuredAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "turns", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }

    @Test
    void saysThatPeersAreInAModuleOfTheirOwn() {
        assertThat(lull.execute("bench", "turns", "--peers")).isEqualTo(2);
        assertThat(err.toString()).contains("--peers needs the module dev/peers on the class path");
    }

    @ParameterizedTest
    @CsvSource({"--forks, -1", "--iterations, 0", "--seconds, 0"})
    void refusesCostsOfTheGapThatCannotBeMeasuredAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "gap-cost", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }

    @ParameterizedTest
    @CsvSource({"--latencies, -1", "--rates, 0", "--seconds, 0", "--conversations, 0", "--backlog, 0"})
    void refusesHandingOverThatCannotBeMeasuredAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "bridge", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }

    @ParameterizedTest
    @CsvSource({"--millis, -1", "--rounds, 0", "--messages, 1", "--keys, 1", "--killed, 1"})
    void refusesLanesThatCannotBeMeasuredAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "lanes", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }

    @ParameterizedTest
    @CsvSource({"--chats, 0", "--turns, 0", "--quotes, 0"})
    void refusesMemoryThatCannotBeMeasuredAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "memory", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }

    @Test
    void whatIsRememberedOfChatsIsFreedWhenTheyAreOld() {
        assertThat(lull.execute("bench", "memory", "--chats=2000", "--turns=2", "--quotes=100"))
                .isZero();

        List<Double> row = out.toString()
                .lines()
                .filter(line -> line.strip().startsWith("2000 "))
                .flatMap(line -> Pattern.compile("\\s+").splitAsStream(line.strip()))
                .map(Double::valueOf)
                .toList();
        assertThat(row).as(out.toString()).hasSize(5);
        double open = row.get(1);
        double ended = row.get(3);
        double aged = row.get(4);
        assertThat(open).isBetween(4.0, 40.0);
        assertThat(ended).isLessThan(open);
        assertThat(aged).isLessThan(open / 5);
    }

    @ParameterizedTest
    @CsvSource({"--rounds, 0", "--seconds, 0", "--rate, 0", "--conversations, 0"})
    void refusesNeighboursThatCannotBeMeasuredAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "neighbours", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }

    @ParameterizedTest
    @CsvSource({"--seconds, 0", "--customers, 0"})
    void refusesChaosThatCannotBeAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "chaos", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }

    @ParameterizedTest
    @CsvSource({
        "--seconds, 0",
        "--seconds, 601",
        "--rate, 0",
        "--connections, 5001",
        "--flood, 0",
        "--heap, 64",
        "--limit-millis, 1"
    })
    void refusesAttacksWithoutBoundsAndNamesTheOption(String option, String value) {
        assertThat(lull.execute("bench", "attack", option + "=" + value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " must be");
    }

    private static Map<String, String> told(String section) {
        Map<String, String> told = new TreeMap<>();
        OPTION.matcher(section).results().forEach(row -> told.put(row.group(1), row.group(2)));
        return told;
    }

    private static Map<String, String> offered(Object command) {
        Map<String, String> offered = new TreeMap<>();
        new CommandLine(command)
                .getCommandSpec().options().stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .forEach(option -> offered.put(
                                option.longestName(), Objects.requireNonNullElse(option.defaultValue(), "")));
        return offered;
    }
}
