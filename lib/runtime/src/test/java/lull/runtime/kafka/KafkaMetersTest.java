package lull.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

final class KafkaMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Map<MetricName, Metric> metrics = new LinkedHashMap<>();

    @Test
    void showsTheGreatestLagOfAllThreadsInOneSeriesAndLeavesRestoringOut() {
        put("consumer-fetch-manager-metrics", "records-lag-max", "t-1-consumer", 7.0);
        put("consumer-fetch-manager-metrics", "records-lag-max", "t-2-consumer", 40.0);
        put("consumer-fetch-manager-metrics", "records-lag-max", "t-3-consumer", Double.NaN);
        put("consumer-fetch-manager-metrics", "records-lag-max", "t-1-restore-consumer", 100_000.0);
        put("consumer-coordinator-metrics", "rebalance-total", "t-1-consumer", 2.0);
        put("consumer-coordinator-metrics", "rebalance-total", "t-2-consumer", 3.0);

        try (KafkaMeters _ = KafkaMeters.streams(registry, "lull-turns-in", () -> metrics)) {
            assertThat(registry.get("lull.kafka.lag")
                            .tag("group", "lull-turns-in")
                            .gauge()
                            .value())
                    .isEqualTo(40);
            assertThat(registry.get("lull.kafka.rebalances").functionCounter().count())
                    .isEqualTo(5);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void countsThePartitionsOfAllThreads() {
        put("consumer-coordinator-metrics", "assigned-partitions", "t-1-consumer", 3.0);
        put("consumer-coordinator-metrics", "assigned-partitions", "t-2-consumer", 2.0);
        put("consumer-coordinator-metrics", "assigned-partitions", "t-1-restore-consumer", 7.0);

        try (KafkaMeters _ = KafkaMeters.streams(registry, "lull-turns-in", () -> metrics)) {
            assertThat(registry.get("lull.kafka.partitions")
                            .tag("group", "lull-turns-in")
                            .gauge()
                            .value())
                    .isEqualTo(5);
        }
    }

    @Test
    void isNoNumberWhileNothingIsMeasured() {
        try (KafkaMeters _ = KafkaMeters.consumer(registry, "lull-turn-to-chat", () -> metrics)) {
            assertThat(registry.get("lull.kafka.lag").gauge().value()).isNaN();
            assertThat(registry.get("lull.kafka.partitions").gauge().value()).isNaN();
        }
    }

    private void put(String group, String name, String client, Object value) {
        MetricName metric = new MetricName(name, group, "", Map.of("client-id", client));
        metrics.put(metric, new Metric() {
            @Override
            public MetricName metricName() {
                return metric;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
