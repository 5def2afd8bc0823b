package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds docs/metrics.md to the names in the code. That types and tags are right, `PagesIT` sees in a running
/// system.
final class MetricsPageTest {

    private static final Pattern LITERAL = Pattern.compile("\"(lull\\.[a-z.]*)\"");
    private static final Pattern SHOWN = Pattern.compile("\\.show\\(\\s*\"([a-z.]+)\"");

    /// How names begin that are put together, by the type that does it.
    private static final String OF_BRIDGE = "lull.bridge.";

    private static final String OF_LANES = "lull.bridge.lanes.";

    private final MetricsPage page = MetricsPage.read();

    @Test
    void everyMeterInTheCodeIsOnThePageAndTheOtherWayRound() {
        assertThat(page.meters().keySet()).hasSizeGreaterThan(25).isEqualTo(metersInTheCode());
    }

    /// Else a name would be put together in a way that this test does not see.
    @Test
    void namesArePutTogetherInTwoPlacesOnly() {
        assertThat(literals().stream().filter(name -> name.endsWith(".")))
                .containsExactlyInAnyOrder(OF_BRIDGE, OF_LANES);
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
            case "timer" -> Meter.Type.TIMER;
            case "summary" -> Meter.Type.DISTRIBUTION_SUMMARY;
            default -> throw new AssertionError("No type of meters: " + word);
        };
    }

    private static Set<String> metersInTheCode() {
        Set<String> meters =
                literals().stream().filter(name -> !name.endsWith(".")).collect(Collectors.toCollection(TreeSet::new));
        Map.of("lib/lanes", OF_LANES, "connect-bridge", OF_BRIDGE)
                .forEach((module, prefix) -> Sources.of(module)
                        .forEach(source ->
                                SHOWN.matcher(source).results().forEach(shown -> meters.add(prefix + shown.group(1)))));
        return meters;
    }

    /// Every `"lull...."` in a source that knows Micrometer.
    private static List<String> literals() {
        return Sources.MODULES.stream()
                .flatMap(module -> Sources.of(module).stream())
                .filter(source -> source.contains("import io.micrometer.core.instrument."))
                .flatMap(source -> LITERAL.matcher(source).results().map(literal -> literal.group(1)))
                .toList();
    }
}
