package lull.cdk;

import static java.util.Objects.requireNonNull;
import static lull.cdk.Synthesized.text;
import static lull.cdk.Synthesized.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lull's own meters in Amazon CloudWatch.
final class MetersTest {

    private static final Path DOCS = Path.of("..", "..", "docs");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern METER = Pattern.compile("lull_[a-z_]+");

    @ParameterizedTest
    @EnumSource
    void aMeterIsOneOfThePageWithTheseValuesOfItsLabel(LullMeter meter) throws IOException {
        String row = Files.readString(DOCS.resolve("metrics.md"))
                .lines()
                .filter(line -> line.matches("\\| `[a-z.]+` \\| `" + meter.family() + "` \\| .*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No row of docs/metrics.md has " + meter.family()));

        if (meter.label().equals("quantile")) {
            assertThat(row).contains("percentiles");
        } else if (!meter.label().isEmpty()) {
            assertThat(row).contains("`" + meter.label() + "`");
        }
        assertThat(meter.labelValues())
                .allSatisfy(value -> assertThat(row.contains("`" + value + "`") || row.contains("quantile"))
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "aggregator", "bridge", "applications", "archive", "console"})
    void theCollectorReadsTheAdminPortAndCopiesTheseMetersOnly(String process) throws IOException {
        Synthesized all = Synthesized.named("standard");
        JsonNode collector = collector(all, process);
        JsonNode configuration = YAML.readTree(configuration(collector));
        JsonNode scrape = configuration.at("/receivers/prometheus/config/scrape_configs/0");
        JsonNode exporter = configuration.at("/exporters/awsemf");

        assertThat(texts(scrape.at("/static_configs/0/targets")))
                .containsExactly(
                        "localhost:" + requireNonNull(all.environment(process).get("LULL_ADMIN_PORT")));
        assertThat(scrape.at("/static_configs/0/labels/process").asText()).isEqualTo(process);
        Pattern kept =
                Pattern.compile(scrape.at("/metric_relabel_configs/0/regex").asText());
        assertThat(List.of("lull_ready", "lull_turn_delay_seconds_count", "lull_turn_delay_seconds"))
                .allMatch(name -> kept.matcher(name).matches());
        assertThat(List.of("lull_ready_x", "jvm_memory_used_bytes", "lull_turns_open"))
                .noneMatch(name -> kept.matcher(name).matches());
        assertThat(exporter.path("namespace").asText()).isEqualTo("Lull/acme-test");
        assertThat(StreamSupport.stream(exporter.path("metric_declarations").spliterator(), false)
                        .map(one -> one.at("/metric_name_selectors/0").asText()))
                .containsExactlyElementsOf(Stream.of(LullMeter.values())
                        .map(meter -> "^" + meter.metric() + "$")
                        .toList());
        assertThat(exporter.at("/metric_declarations/5/dimensions/0").toString())
                .isEqualTo("[\"process\",\"quantile\"]");
        assertThat(exporter.at("/metric_declarations/5/label_matchers/0/regex").asText())
                .isEqualTo("^(0\\.99)$");
        assertThat(texts(configuration.at("/service/pipelines/metrics/receivers")))
                .containsExactly("prometheus");
        assertThat(texts(configuration.at("/service/pipelines/metrics/processors")))
                .containsExactly("resource");
        assertThat(configuration.at("/processors/resource/attributes/0").toString())
                .isEqualTo("{\"key\":\"receiver\",\"value\":\"prometheus\",\"action\":\"insert\"}");
        assertThat(texts(configuration.at("/service/pipelines/metrics/exporters")))
                .containsExactly("awsemf");
    }

    /// The task's memory is for both, and the process does not end with the collector.
    @Test
    void theCollectorTakesLittleAndCannotStopTheProcess() {
        Synthesized all = Synthesized.example();
        JsonNode collector = collector(all, "bridge");

        assertThat(collector.path("Essential").asBoolean(true)).isFalse();
        assertThat(collector.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
        assertThat(collector.path("Image").asText()).matches("public\\.ecr\\.aws/.*:v[0-9.]+");
        assertThat(collector.path("Memory").asInt()
                        + all.container("bridge").path("Memory").asInt())
                .isEqualTo(all.task("bridge").at("/Memory").asInt());
        assertThat(all.container("doctor").path("Memory").asInt())
                .isEqualTo(all.task("doctor").at("/Memory").asInt());
    }

    @Test
    void theCollectorMayWriteToItsLogGroupOnly() {
        Synthesized all = Synthesized.example();
        String group = all.resources("AWS::Logs::LogGroup")
                .filter(log -> log.at("/LogGroupName").asText().endsWith("/metrics"))
                .findFirst()
                .orElseThrow()
                .id();

        assertThat(all.resources("AWS::IAM::Policy")
                        .filter(policy -> policy.id().matches("(Ingress|Aggregator|Bridge)RoleDefaultPolicy.*")))
                .hasSize(3)
                .allSatisfy(policy -> {
                    JsonNode statements = policy.at("/PolicyDocument/Statement");
                    assertThat(statements).hasSize(1);
                    assertThat(texts(statements.get(0).path("Action")))
                            .containsExactly("logs:CreateLogStream", "logs:PutLogEvents");
                    assertThat(text(statements.get(0).path("Resource"))).isEqualTo("${" + group + "}");
                });
    }

    /// Those that the alarms of AWS's own metrics replace are named here.
    @Test
    void everyPrometheusRuleHasItsAlarmHere() throws IOException {
        Set<String> ofRules = new TreeSet<>();
        METER.matcher(Files.readString(DOCS.resolve("prometheus-rules.yaml")))
                .results()
                .forEach(found -> ofRules.add(found.group()));
        Set<String> ofAlarms = new HashSet<>();
        Synthesized.named("standard")
                .resources("AWS::CloudWatch::Alarm")
                .forEach(alarm -> METER.matcher(alarm.node().path("Properties").toString())
                        .results()
                        .forEach(found -> ofAlarms.add(found.group())));

        ofRules.removeAll(ofAlarms);
        // The lag of its group in seconds shows that a flow waits. Tasks have no certificates: the load balancer has
        // one. A task whose files are not kept is degraded, which has an alarm.
        assertThat(ofRules)
                .containsExactlyInAnyOrder(
                        "lull_bridge_lanes_waiting", "lull_media_files_total", "lull_tls_certificate_expires_seconds");
    }

    @Test
    void alarmsUseNoMetricThatIsNotCopied() {
        LullMetrics metrics = new LullMetrics(Synthesized.example().installation(), "lull-production");

        assertThatThrownBy(() -> metrics.meter(LullMeter.REPLIES, LullProcess.BRIDGE, "forwarded", "Sum"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.meter(LullMeter.REPLIES, LullProcess.BRIDGE, "Sum"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutTheCollectorNoAlarmWaitsForItsMetrics() {
        Synthesized all = Synthesized.named("existing");

        assertThat(all.task("bridge").at("/ContainerDefinitions")).hasSize(1);
        assertThat(all.resources()
                        .filter(resource -> resource.stack().equals("alarms"))
                        .filter(resource ->
                                METER.matcher(resource.node().toString()).find()))
                .isEmpty();
        assertThat(all.resources("AWS::Logs::LogGroup")
                        .map(log -> log.at("/LogGroupName").asText())
                        .collect(Collectors.toSet()))
                .noneMatch(name -> name.endsWith("/metrics"));
    }

    private static JsonNode collector(Synthesized all, String process) {
        JsonNode collector = all.task(process).at("/ContainerDefinitions/1");
        assertThat(collector.path("Name").asText()).isEqualTo("metrics");
        return collector;
    }

    private static String configuration(JsonNode collector) {
        return StreamSupport.stream(collector.path("Environment").spliterator(), false)
                .filter(one -> one.path("Name").asText().equals("AOT_CONFIG_CONTENT"))
                .map(one -> text(one.path("Value")))
                .findFirst()
                .orElseThrow();
    }
}
