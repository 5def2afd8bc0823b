package lull.cdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.cdk.installation.HeapSizes;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Ports;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.Capability;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.LinuxParameters;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.logs.LogGroup;

/// Container beside a process that copies meters of its admin port to Amazon CloudWatch: the AWS Distro for
/// OpenTelemetry writes them as lines of a log group, of which CloudWatch makes metrics (embedded metric format). A
/// process does not depend on it.
final class MetricsCollector {

    private static final String PROCESS = "process";
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    private final Installation installation;
    private final String image;
    private final LogGroup metrics;

    /// @param metrics to which the meters are written
    MetricsCollector(Installation installation, String image, LogGroup metrics) {
        this.installation = installation;
        this.image = image;
        this.metrics = metrics;
    }

    /// Returns the namespace of an installation's metrics in CloudWatch.
    static String namespace(Installation installation) {
        return "Lull/" + installation.name();
    }

    /// Adds the container to the task of a process, and the right to write to the role of the task.
    void addTo(LullTask task, LullProcess process) {
        LinuxParameters linux = new LinuxParameters(task, "CollectorLinux");
        linux.dropCapabilities(Capability.ALL);
        task.definition()
                .addContainer(
                        "metrics",
                        ContainerDefinitionOptions.builder()
                                .image(ContainerImage.fromRegistry(image))
                                .essential(false)
                                .enableRestartPolicy(true)
                                .restartAttemptPeriod(Duration.seconds(60))
                                .memoryLimitMiB(HeapSizes.COLLECTOR_MEBIBYTES)
                                .readonlyRootFilesystem(true)
                                .linuxParameters(linux)
                                .environment(
                                        Map.of("AOT_CONFIG_CONTENT", configuration(process), "GOMEMLIMIT", "150MiB"))
                                .logging(LogDriver.awsLogs(AwsLogDriverProps.builder()
                                        .streamPrefix("metrics")
                                        .logGroup(task.log())
                                        .build()))
                                .build());
        metrics.grantWrite(task.definition().getTaskRole());
        NagReasons.prefixes(
                task.definition().getTaskRole(), "The collector writes to the streams of one log group of metrics");
    }

    /// The configuration of the collector, as YAML.
    private String configuration(LullProcess process) {
        Map<String, Object> receiver = Map.of(
                "config",
                Map.of(
                        "scrape_configs",
                        List.of(ordered(
                                "job_name",
                                "lull",
                                "scrape_interval",
                                "60s",
                                "static_configs",
                                List.of(Map.of(
                                        "targets", List.of("localhost:" + Ports.ADMIN),
                                        "labels", Map.of(PROCESS, process.word()))),
                                "metric_relabel_configs",
                                List.of(ordered(
                                        "source_labels",
                                        List.of("__name__"),
                                        "regex",
                                        "(" + families() + ")(_count|_sum)?",
                                        "action",
                                        "keep"))))));
        Map<String, Object> exporter = ordered(
                "namespace", namespace(installation),
                "region", installation.region(),
                "log_group_name", metrics.getLogGroupName(),
                "log_stream_name", process.word(),
                "dimension_rollup_option", "NoDimensionRollup",
                // Quantiles as they are, instead of statistics of them.
                "detailed_metrics", true,
                // A counter that begins with its first event begins at 1, and that event counts.
                "retain_initial_value_of_delta_metric", true,
                "metric_declarations",
                        Stream.of(LullMeter.values())
                                .map(MetricsCollector::declaration)
                                .toList());
        // Without this word the exporter takes sums and counts of summaries for differences, which they are not.
        Map<String, Object> origin =
                Map.of("attributes", List.of(ordered("key", "receiver", "value", "prometheus", "action", "insert")));
        Map<String, Object> collector = ordered(
                "receivers", Map.of("prometheus", receiver),
                "processors", Map.of("resource", origin),
                "exporters", Map.of("awsemf", exporter),
                "service",
                        Map.of(
                                "pipelines",
                                Map.of(
                                        "metrics",
                                        ordered(
                                                "receivers", List.of("prometheus"),
                                                "processors", List.of("resource"),
                                                "exporters", List.of("awsemf")))));
        try {
            return YAML.writeValueAsString(collector);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String families() {
        return Stream.of(LullMeter.values()).map(LullMeter::family).collect(Collectors.joining("|"));
    }

    private static Map<String, Object> declaration(LullMeter meter) {
        String name = "^" + meter.metric() + "$";
        if (meter.label().isEmpty()) {
            return ordered("dimensions", List.of(List.of(PROCESS)), "metric_name_selectors", List.of(name));
        }
        String values = meter.labelValues().stream()
                .map(value -> value.replace(".", "\\."))
                .collect(Collectors.joining("|"));
        return ordered(
                "dimensions", List.of(List.of(PROCESS, meter.label())),
                "metric_name_selectors", List.of(name),
                "label_matchers",
                        List.of(ordered("label_names", List.of(meter.label()), "regex", "^(" + values + ")$")));
    }

    /// A map that keeps its order, so that a template is the same each time.
    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
