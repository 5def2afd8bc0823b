package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lull.contract.topic.KafkaAccess;
import org.junit.jupiter.api.Test;

/// Holds docs/metrics.md to the names in the code. That types and tags are right, `PagesIT` sees in a running
/// system.
final class MetricsPageTest {

    private static final Pattern LITERAL = Pattern.compile("\"(lull\\.[a-z.]*)\"");
    private static final Pattern SHOWN = Pattern.compile("\\.show\\(\\s*\"([a-z.]+)\"");

    /// Names that follow the prefix of a process.
    private static final Pattern PREFIXED = Pattern.compile("\\bprefix \\+ \"([a-z.]+)\"");

    /// Processes whose flows have meters, as the rights with which they open their clients.
    private static final Pattern OPENED =
            Pattern.compile("KafkaClients\\s*\\.open\\(\\s*context,\\s*KafkaAccess\\.([A-Z]+),");

    /// How names begin that are put together, by the type that does it.
    private static final String OF_FLOWS = "lull.";

    private static final String OF_BRIDGE = "lull.bridge.";

    private static final String FLOW_METERS = "lib/lanes/src/main/java/lull/lanes/flow/FlowMeters.java";

    private static final String LANES = "lanes.";

    private final MetricsPage page = MetricsPage.read();

    @Test
    void everyMeterInTheCodeIsOnThePageAndTheOtherWayRound() {
        assertThat(page.meters().keySet()).hasSizeGreaterThan(25).isEqualTo(metersInTheCode());
    }

    /// Else a name would be put together in a way that this test does not see.
    @Test
    void namesArePutTogetherInTwoPlacesOnly() {
        assertThat(literals().stream().filter(name -> name.endsWith(".")))
                .containsExactlyInAnyOrder(OF_BRIDGE, OF_FLOWS);
        assertThat(metered().stream().filter(source -> PREFIXED.matcher(source).find()))
                .containsExactly(Sources.source(FLOW_METERS));
    }

    /// Else a process could have flows whose meters are not on the page, or a meter of flows a name without the prefix.
    @Test
    void everyMeterOfFlowsBeginsWithTheNameOfItsProcess() {
        String source = Sources.source(FLOW_METERS);

        assertThat(processesWithFlows()).containsExactlyInAnyOrder("bridge", "applications");
        assertThat(Pattern.compile("(?:\\.builder|\\bcounter)\\(\\s*(?!String |name\\))(\\S+ \\+ \"[a-z.]+\")?")
                        .matcher(source)
                        .results())
                .hasSizeGreaterThan(5)
                .allSatisfy(built -> assertThat(built.group(1)).isNotNull().startsWith("prefix + "));
        assertThat(namesOfFlows())
                .contains("attempts", "pauses", "lanes.waiting")
                .noneMatch(name -> name.endsWith("."));
    }

    @Test
    void theNamesInPrometheusAreThoseOfItsConvention() {
        PrometheusNamingConvention convention = new PrometheusNamingConvention();
        page.meters().forEach((name, row) -> {
            // What the format itself demands of counters is not the convention's.
            String suffix = row.type().equals("counter") ? "_total" : "";
            assertThat(row.prometheus())
                    .as("the name of %s in Prometheus", name)
                    .isEqualTo(convention.name(name, type(row.type()), null) + suffix);
        });
    }

    @Test
    void theRulesForPrometheusNameMetersOfThePageAndHeadingsOfTheRunbook() {
        String rules = Sources.read(Sources.page("prometheus-rules.yaml"));
        String runbook = Sources.read(Sources.page("runbook.md"));
        Set<String> names =
                page.meters().values().stream().map(MetricsPage.Row::prometheus).collect(Collectors.toSet());
        List<String> headings = runbook.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3)
                        .toLowerCase(Locale.ROOT)
                        .replace("`", "")
                        .replace(' ', '-'))
                .toList();

        assertThat(Pattern.compile("lull_[a-z_]+").matcher(rules).results())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(names).contains(found.group().replaceAll("_count$", "")));
        assertThat(Pattern.compile("runbook\\.md#(\\S+)").matcher(rules).results())
                .hasSize((int)
                        rules.lines().filter(line -> line.contains("- alert:")).count())
                .allSatisfy(found -> assertThat(headings).contains(found.group(1)));
    }

    private static Meter.Type type(String word) {
        return switch (word) {
            case "counter" -> Meter.Type.COUNTER;
            case "gauge" -> Meter.Type.GAUGE;
            case "timer", "histogram" -> Meter.Type.TIMER;
            case "summary" -> Meter.Type.DISTRIBUTION_SUMMARY;
            default -> throw new AssertionError("No type of meters: " + word);
        };
    }

    private static Set<String> metersInTheCode() {
        Set<String> meters =
                literals().stream().filter(name -> !name.endsWith(".")).collect(Collectors.toCollection(TreeSet::new));
        processesWithFlows()
                .forEach(process -> namesOfFlows().forEach(name -> meters.add(OF_FLOWS + process + "." + name)));
        shown("connect-bridge").forEach(name -> meters.add(OF_BRIDGE + name));
        return meters;
    }

    /// Names of the meters that every process with flows has, without their beginning.
    private static Set<String> namesOfFlows() {
        Set<String> names = PREFIXED.matcher(Sources.source(FLOW_METERS))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.equals(LANES))
                .collect(Collectors.toCollection(TreeSet::new));
        shown("lib/lanes").forEach(name -> names.add(LANES + name));
        return names;
    }

    private static Set<String> processesWithFlows() {
        return Sources.MODULES.stream()
                .flatMap(module -> Sources.of(module).stream())
                .flatMap(source -> OPENED.matcher(source).results())
                .map(opened -> KafkaAccess.valueOf(opened.group(1)).word())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Names of gauges that a module registers by `show`.
    private static List<String> shown(String module) {
        return Sources.of(module).stream()
                .flatMap(source -> SHOWN.matcher(source).results().map(shown -> shown.group(1)))
                .toList();
    }

    /// Every `"lull...."` in a source that knows Micrometer.
    private static List<String> literals() {
        return metered().stream()
                .flatMap(source -> LITERAL.matcher(source).results().map(literal -> literal.group(1)))
                .toList();
    }

    /// The sources that know Micrometer.
    private static List<String> metered() {
        return Sources.MODULES.stream()
                .flatMap(module -> Sources.of(module).stream())
                .filter(source -> source.contains("import io.micrometer.core.instrument."))
                .toList();
    }
}
