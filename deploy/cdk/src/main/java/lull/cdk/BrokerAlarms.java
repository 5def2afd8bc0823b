package lull.cdk;

import java.util.Map;
import java.util.stream.IntStream;
import lull.cdk.installation.KafkaChoice;
import lull.cli.TopicPlan;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/// Alarms about the brokers of Amazon MSK. Its kinds have different metrics: Express brokers have
/// no disks, and keep the number of replicas themselves, but throttle clients. Source: Amazon MSK
/// Developer Guide, metrics of Standard and of Express brokers.
final class BrokerAlarms {

    private final LullMetrics metrics;
    private final AlarmSheet sheet;
    private final KafkaChoice.Provisioned cluster;

    BrokerAlarms(LullMetrics metrics, AlarmSheet sheet, KafkaChoice.Provisioned cluster) {
        this.metrics = metrics;
        this.sheet = sheet;
        this.cluster = cluster;
    }

    /// Adds all of them.
    void add() {
        // Only the broker that is the controller reports 1.
        below("kafka-controller", "ActiveControllerCount", 1, 5, "Kafka has no controller.");
        IntStream.rangeClosed(1, cluster.brokers()).forEach(this::every);
        switch (cluster) {
            case KafkaChoice.Standard _ -> {
                sheet.above(
                        "kafka-offline",
                        metrics.cluster("OfflinePartitionsCount", "Sum"),
                        0,
                        1,
                        "Partitions have no leader: their conversations wait.",
                        RunbookPart.OUTSIDE);
                IntStream.rangeClosed(1, cluster.brokers()).forEach(this::standard);
            }
            case KafkaChoice.Express _ ->
                IntStream.rangeClosed(1, cluster.brokers()).forEach(this::express);
        }
    }

    private void every(int broker) {
        sheet.above(
                "kafka-cpu-" + broker,
                MathExpression.Builder.create()
                        .expression("user + system")
                        .usingMetrics(Map.<String, IMetric>of(
                                "user", metrics.broker("CpuUser", "Average", broker),
                                "system", metrics.broker("CpuSystem", "Average", broker)))
                        .period(Duration.minutes(1))
                        .label("CPU of broker " + broker + ", in %")
                        .build(),
                60,
                15,
                "Broker " + broker + " uses more than 60 % of its CPU: add brokers or use larger ones.",
                RunbookPart.OUTSIDE);
        above(
                "kafka-connections-" + broker,
                "ConnectionCount",
                broker,
                0.8 * TopicPlan.MAX_CONNECTIONS,
                5,
                "Broker " + broker + " has 80 % of the connections that IAM authentication allows: run fewer, larger"
                        + " processes.");
    }

    private void standard(int broker) {
        above(
                "kafka-disk-" + broker,
                "KafkaDataLogsDiskUsed",
                broker,
                85,
                5,
                "The disk of broker " + broker + " is more than 85 % full: enlarge it.");
        above(
                "kafka-min-isr-" + broker,
                "UnderMinIsrPartitionCount",
                broker,
                0,
                5,
                "Partitions of broker " + broker
                        + " have too few replicas in sync, so nothing can be written to them.");
        // Longer than Amazon MSK needs to replace a broker.
        above(
                "kafka-replicas-" + broker,
                "UnderReplicatedPartitions",
                broker,
                0,
                60,
                "Replicas of broker " + broker + " have not been in sync for an hour.");
    }

    private void express(int broker) {
        above(
                "kafka-throttled-" + broker,
                "ProduceThrottleTime",
                broker,
                0,
                5,
                "Broker " + broker + " throttles producers: add brokers or use larger ones.");
        above(
                "kafka-fetch-throttled-" + broker,
                "FetchThrottleTime",
                broker,
                0,
                5,
                "Broker " + broker + " throttles consumers: add brokers or use larger ones.");
    }

    private void above(String name, String metric, int broker, double limit, int minutes, String what) {
        sheet.above(name, metrics.broker(metric, "Maximum", broker), limit, minutes, what, RunbookPart.OUTSIDE);
    }

    private void below(String name, String metric, double limit, int minutes, String what) {
        sheet.below(name, metrics.cluster(metric, "Maximum"), limit, minutes, what, RunbookPart.OUTSIDE);
    }
}
