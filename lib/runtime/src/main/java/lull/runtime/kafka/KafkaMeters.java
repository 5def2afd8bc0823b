package lull.runtime.kafka;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// Meters of Kafka's clients and of Kafka Streams that operators need, one series each for all threads
/// and clients of an application. Kafka has some hundred more for each of them, with ids of clients and
/// threads that change with every start; `metrics.kafka.all` registers those too.
public final class KafkaMeters implements AutoCloseable {

    private static final String GROUP = "group";
    private static final String CLIENT = "client";

    private final MeterRegistry registry;
    private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
    private final String tag;
    private final String name;
    private final List<Meter> meters = new ArrayList<>();

    private KafkaMeters(
            MeterRegistry registry,
            Supplier<? extends Map<MetricName, ? extends Metric>> metrics,
            String tag,
            String name) {
        this.registry = registry;
        this.metrics = metrics;
        this.tag = tag;
        this.name = name;
    }

    /// Registers the meters of a member of a consumer group.
    ///
    /// @param metrics what its consumer measures
    public static KafkaMeters consumer(
            MeterRegistry registry, String group, Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        KafkaMeters bound = new KafkaMeters(registry, metrics, GROUP, group);
        bound.ofConsumer();
        return bound;
    }

    /// Registers the meters of a producer.
    ///
    /// @param metrics what it measures
    public static KafkaMeters producer(
            MeterRegistry registry, String client, Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        KafkaMeters bound = new KafkaMeters(registry, metrics, CLIENT, client);
        bound.gauge(
                "lull.kafka.request.slowest.seconds",
                "Maximum request latency in the last 30 seconds",
                () -> bound.values("producer-metrics", "request-latency-max")
                        .map(millis -> millis / 1_000)
                        .max());
        bound.gauge(
                "lull.kafka.buffer.available.bytes",
                "Free memory of the buffer in which records wait to be sent",
                () -> bound.values("producer-metrics", "buffer-available-bytes").min());
        bound.counter(
                "lull.kafka.records.failed",
                "Records that could not be sent",
                "producer-metrics",
                "record-error-total");
        return bound;
    }

    /// Registers the meters of an application of Kafka Streams, with those of its consumers.
    ///
    /// @param metrics what it measures
    public static KafkaMeters streams(
            MeterRegistry registry, String application, Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        KafkaMeters bound = new KafkaMeters(registry, metrics, GROUP, application);
        bound.ofConsumer();
        bound.gauge(
                "lull.streams.threads",
                "Running stream threads of the application",
                () -> bound.values("stream-metrics", "alive-stream-threads").max());
        bound.gauge(
                "lull.streams.tasks.restoring",
                "Partitions whose state is being restored; their turns wait until then",
                () -> bound.values("stream-state-updater-metrics", "active-restoring-tasks")
                        .reduce(Double::sum));
        return bound;
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private void ofConsumer() {
        gauge(
                "lull.kafka.lag",
                "Maximum consumer lag of the partitions of this process, in records",
                () -> values("consumer-fetch-manager-metrics", "records-lag-max")
                        .max());
        gauge(
                "lull.kafka.partitions",
                "Partitions that the consumer group has assigned to this process",
                () -> sum("consumer-coordinator-metrics", "assigned-partitions"));
        counter(
                "lull.kafka.rebalances",
                "Rebalances of the consumer group that included this process",
                "consumer-coordinator-metrics",
                "rebalance-total");
    }

    private void gauge(String meter, String description, Supplier<OptionalDouble> value) {
        meters.add(Gauge.builder(meter, () -> value.get().orElse(Double.NaN))
                .description(description)
                .tag(tag, name)
                .register(registry));
    }

    private void counter(String meter, String description, String group, String metric) {
        meters.add(FunctionCounter.builder(
                        meter, this, self -> self.values(group, metric).sum())
                .description(description)
                .tag(tag, name)
                .register(registry));
    }

    /// Returns the sum of a metric of Kafka's clients; empty while none has it.
    private OptionalDouble sum(String group, String metric) {
        double[] values = values(group, metric).toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(DoubleStream.of(values).sum());
    }

    private DoubleStream values(String group, String metric) {
        return metrics.get().entrySet().stream()
                .filter(entry -> entry.getKey().group().equals(group)
                        && entry.getKey().name().equals(metric)
                        && !isForRestoring(entry.getKey()))
                .map(entry -> entry.getValue().metricValue())
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .filter(value -> !Double.isNaN(value));
    }

    /// Restoring consumers read changelogs from their start, which is not a lag of the group.
    private static boolean isForRestoring(MetricName metric) {
        String client = metric.tags().getOrDefault("client-id", "");
        return client.endsWith("restore-consumer") || client.endsWith("global-consumer");
    }
}
