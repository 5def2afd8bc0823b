package lull.cdk;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lull.cdk.installation.Installation;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;

/// Metrics of CloudWatch that alarms and the dashboard use, each for a minute.
///
/// @param kafkaName of the cluster
record LullMetrics(Installation installation, String kafkaName) {

    /// Returns how old the oldest record is that a consumer group has not read, in seconds.
    Metric lag(String group, String topic) {
        return metric("AWS/Kafka", "EstimatedMaxTimeLag", "Maximum", dimensions -> {
            dimensions.put("Cluster Name", kafkaName);
            dimensions.put("Consumer Group", group);
            dimensions.put("Topic", topic);
        });
    }

    /// Returns a metric of the whole cluster.
    Metric cluster(String name, String statistic) {
        return metric("AWS/Kafka", name, statistic, dimensions -> dimensions.put("Cluster Name", kafkaName));
    }

    /// Returns a metric of one broker.
    Metric broker(String name, String statistic, int broker) {
        return metric("AWS/Kafka", name, statistic, dimensions -> {
            dimensions.put("Cluster Name", kafkaName);
            dimensions.put("Broker ID", Integer.toString(broker));
        });
    }

    /// Returns a metric of the archive's database.
    Metric database(String name, String statistic) {
        return metric(
                "AWS/RDS",
                name,
                statistic,
                dimensions -> dimensions.put("DBInstanceIdentifier", new ResourceNames(installation).of("archive")));
    }

    /// Returns a metric of a queue.
    ///
    /// @param rest of its name
    Metric queue(String rest, String name) {
        return metric(
                "AWS/SQS",
                name,
                "Maximum",
                dimensions -> dimensions.put("QueueName", new ResourceNames(installation).of(rest)));
    }

    /// Returns how many notifications of a topic were not delivered.
    Metric notDelivered(String rest) {
        return metric(
                "AWS/SNS",
                "NumberOfNotificationsFailed",
                "Sum",
                dimensions -> dimensions.put("TopicName", new ResourceNames(installation).of(rest)));
    }

    /// Returns a metric of the tasks of a service.
    Metric service(LullProcess process, String namespace, String name, String statistic) {
        return metric(namespace, name, statistic, dimensions -> {
            dimensions.put("ClusterName", installation.name());
            dimensions.put("ServiceName", new ResourceNames(installation).of(process.word()));
        });
    }

    /// Returns a meter of Lull that has no label of its own.
    Metric meter(LullMeter meter, LullProcess process, String statistic) {
        return meter(meter, process, "", statistic);
    }

    /// Returns a meter of Lull for a value of its label.
    Metric meter(LullMeter meter, LullProcess process, String value, String statistic) {
        if (meter.label().isEmpty() ? !value.isEmpty() : !meter.labelValues().contains(value)) {
            throw new IllegalArgumentException(meter + " of '" + value + "' is not copied to CloudWatch");
        }
        return metric(MetricsCollector.namespace(installation), meter.metric(), statistic, dimensions -> {
            dimensions.put("process", process.word());
            if (!value.isEmpty()) {
                dimensions.put(meter.label(), value);
            }
        });
    }

    private static Metric metric(
            String namespace, String name, String statistic, Consumer<Map<String, String>> dimensions) {
        Map<String, String> all = new TreeMap<>();
        dimensions.accept(all);
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .dimensionsMap(all)
                .statistic(statistic)
                .period(Duration.minutes(1))
                .build();
    }
}
