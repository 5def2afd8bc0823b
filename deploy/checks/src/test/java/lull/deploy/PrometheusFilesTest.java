package lull.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the files for Prometheus and Grafana to docs/metrics.md.
final class PrometheusFilesTest {

    private static final Path RULES = DeployFiles.ROOT.resolve("docs/prometheus-rules.yaml");
    private static final Path RULES_TEST = DeployFiles.DEPLOY.resolve("compose/prometheus/rules-test.yaml");
    private static final Path DASHBOARD = DeployFiles.DEPLOY.resolve("compose/grafana/dashboards/lull.json");
    private static final Pattern NAME = Pattern.compile("\\b(?:lull|jvm|process)_[a-z_]+\\b");
    private static final Set<String> UNITS = Set.of("short", "s", "ops", "reqps", "bytes", "percentunit");

    private final JsonNode dashboard = DeployFiles.document(DASHBOARD);

    @TempDir
    private Path directory;

    @Test
    void theRulesOfThePrometheusOperatorAreThoseOfTheDocs() {
        JsonNode rule = DeployFiles.document(
                DeployFiles.DEPLOY.resolve("kubernetes/components/prometheus-operator/prometheus-rule.yaml"));

        assertThat(rule.path("spec"))
                .as("prometheus-rule.yaml is behind docs/prometheus-rules.yaml: copy its groups")
                .isEqualTo(DeployFiles.document(RULES));
    }

    @Test
    void everyRuleHasASeverityARunbookAndATest() {
        String tests = DeployFiles.read(RULES_TEST);

        assertThat(rules()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
            assertThat(rule.path("annotations").path("runbook").asText()).startsWith("docs/runbook.md#");
            String name = rule.path("alert").asText();
            assertThat(tests).contains("alertname: " + name + "}", "alertname=\"" + name + "\"");
        });
    }

    @Test
    void promtoolAcceptsTheRulesAndTheirTests() throws Exception {
        assumeTrue(onPath("promtool"), "Skipped, because promtool is not installed: the rules are only parsed");

        assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS");
        assertThat(promtool("test", "rules", RULES_TEST.toString())).contains("SUCCESS");
    }

    @Test
    void promtoolAcceptsTheExpressionsOfTheDashboard() throws Exception {
        assumeTrue(onPath("promtool"), "Skipped, because promtool is not installed");
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        List<String> expressions = expressions();
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("      - record: panel")
                    .append(i)
                    .append("\n        expr: '")
                    .append(expressions.get(i).replace("$__rate_interval", "5m").replace("'", "''"))
                    .append("'\n");
        }

        assertThat(promtool(
                        "check",
                        "rules",
                        Files.writeString(directory.resolve("rules.yaml"), rules)
                                .toString()))
                .contains("SUCCESS");
    }

    @Test
    void theDashboardNamesMetersThatThereAre() {
        Set<String> meters = DeployFiles.meters();

        assertThat(expressions())
                .hasSizeGreaterThan(30)
                .allSatisfy(expression -> assertThat(NAME.matcher(expression).results())
                        .isNotEmpty()
                        .allSatisfy(found -> assertThat(meters).contains(found.group())));
    }

    @Test
    void theDashboardCanBeProvisioned() {
        assertThat(dashboard.path("uid").asText()).isEqualTo("lull");
        List<JsonNode> panels = DeployFiles.elements(dashboard.path("panels")).toList();
        assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
        assertThat(panels.stream().filter(panel -> !panel.path("type").asText().equals("row")))
                .allSatisfy(panel -> {
                    assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
                    assertThat(panel.path("description").asText()).isNotEmpty();
                    assertThat(panel.path("fieldConfig")
                                    .path("defaults")
                                    .path("unit")
                                    .asText())
                            .isIn(UNITS);
                });
    }

    @Test
    void prometheusScrapesTheServicesOfTheComposeFile() {
        JsonNode config = DeployFiles.document(DeployFiles.DEPLOY.resolve("compose/prometheus/prometheus.yaml"));
        JsonNode services =
                DeployFiles.document(DeployFiles.DEPLOY.resolve("compose.yaml")).path("services");

        assertThat(DeployFiles.elements(config.path("scrape_configs")))
                .hasSize(6)
                .allSatisfy(job -> {
                    assertThat(job.path("job_name").asText()).startsWith("lull-");
                    JsonNode target = job.path("dns_sd_configs").get(0);
                    assertThat(services.has(target.path("names").get(0).asText()))
                            .isTrue();
                    assertThat(target.path("port").asInt()).isEqualTo(9090);
                });
    }

    private static List<JsonNode> rules() {
        return DeployFiles.elements(DeployFiles.document(RULES).path("groups"))
                .flatMap(group -> DeployFiles.elements(group.path("rules")))
                .toList();
    }

    private List<String> expressions() {
        return DeployFiles.elements(dashboard.path("panels"))
                .flatMap(panel -> DeployFiles.elements(panel.path("targets")))
                .map(target -> target.path("expr").asText())
                .collect(Collectors.toUnmodifiableList());
    }

    static boolean onPath(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static String promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
