package lull.cdk;

import java.util.List;
import lull.cdk.installation.ArchiveDatabaseChoice;
import lull.cdk.installation.Installation;
import lull.cdk.installation.KafkaChoice;
import lull.cdk.installation.LullSettings;
import lull.contract.topic.ConsumerGroup;
import lull.contract.topic.Topics;
import lull.runtime.kafka.TopicSettings;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationTargetGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.HttpCodeTarget;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.MetricFilter;

/// Alarms and the dashboard.
final class AlarmsStack extends Stack {

    private static final double GIBIBYTE = 1 << 30;

    private static final MetricOptions SUM =
            MetricOptions.builder().statistic("Sum").period(Duration.minutes(1)).build();
    private static final MetricOptions MAXIMUM = MetricOptions.builder()
            .statistic("Maximum")
            .period(Duration.minutes(1))
            .build();

    private final Installation installation;
    private final LullMetrics metrics;
    private final AlarmSheet sheet;

    AlarmsStack(LullStacks.Scope scope, String id, ServicesStack services) {
        super(scope.app(), scope.id(id), scope.props("alarms and dashboard"));
        this.installation = scope.installation();
        this.metrics = new LullMetrics(installation, services.kafka().name());
        this.sheet = new AlarmSheet(this, installation, installation.region());
        services.balancer().ifPresent(balancer -> webhooks(balancer.targets()));
        flows();
        queues();
        tasks(services);
        if (installation.operations().collector().isPresent()) {
            new MeterAlarms(metrics, sheet).add();
        }
        switch (installation.kafka()) {
            case KafkaChoice.Provisioned cluster -> new BrokerAlarms(metrics, sheet, cluster).add();
            case KafkaChoice.Existing _ -> {
                // Whoever runs the cluster has alarms for it.
            }
        }
        if (installation.archive().orElse(null) instanceof ArchiveDatabaseChoice.Created created) {
            database(created);
        }
        new LullDashboard(this, installation, metrics, services);
    }

    /// Amazon RDS enlarges the storage when less than a tenth is free.
    private void database(ArchiveDatabaseChoice.Created database) {
        sheet.below(
                "database-storage",
                metrics.database("FreeStorageSpace", "Minimum"),
                GIBIBYTE * database.storageGibibytes() / 20,
                15,
                "The archive's database has less free storage than a twentieth of what it began with, and was not"
                        + " enlarged, or its metrics do not arrive.",
                RunbookPart.ARCHIVE_DATABASE);
        sheet.above(
                "database-cpu",
                metrics.database("CPUUtilization", "Average"),
                80,
                15,
                "The archive's database uses more than 80 % of its CPU.",
                RunbookPart.ARCHIVE_DATABASE);
    }

    private void webhooks(ApplicationTargetGroup targets) {
        sheet.above(
                "ingress-not-healthy",
                targets.getMetrics().unhealthyHostCount(MAXIMUM),
                0,
                5,
                "A task of the ingress has not been ready for five minutes.",
                RunbookPart.WEBHOOKS);
        sheet.above(
                "webhooks-refused",
                targets.getMetrics().httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, SUM),
                0,
                5,
                "The ingress has answered webhooks with errors for five minutes. WhatsApp sends them again.",
                RunbookPart.WEBHOOKS);
    }

    private void flows() {
        for (String input : LullSettings.loaded(installation).get(TopicSettings.INPUTS)) {
            sheet.above(
                    "turns-late-" + input.replace('.', '-'),
                    metrics.lag(Topics.applicationId(input), input),
                    30,
                    3,
                    "Messages of " + input + " wait for more than 30 seconds until they are read.",
                    RunbookPart.TURNS);
        }
        List<ConsumerGroup> groups = LullProcess.APPLICATIONS.isPartOf(installation)
                ? List.of(
                        ConsumerGroup.TURN_TO_CHAT, ConsumerGroup.REPLY_TO_WHATSAPP, ConsumerGroup.TURN_TO_APPLICATION)
                : List.of(ConsumerGroup.TURN_TO_CHAT, ConsumerGroup.REPLY_TO_WHATSAPP);
        for (ConsumerGroup group : groups) {
            sheet.above(
                    "waits-" + group.id(),
                    metrics.lag(group.id(), group.topics(List.of()).getFirst().name()),
                    300,
                    3,
                    "Records of the flow " + group.id() + " wait for more than five minutes.",
                    group.isOfBridge() ? RunbookPart.FLOW : RunbookPart.APPLICATION_SILENT);
        }
    }

    private void queues() {
        queue("chats", "Agents' messages", RunbookPart.REPLIES);
        if (installation.endUserMessaging().isPresent()) {
            queue("webhooks", "Customers' messages", RunbookPart.WEBHOOKS);
        }
    }

    private void queue(String name, String what, RunbookPart part) {
        sheet.above(
                "queue-" + name + "-waits",
                metrics.queue(name, "ApproximateAgeOfOldestMessage"),
                60,
                3,
                what + " wait in the queue for more than a minute.",
                part);
        sheet.above(
                "queue-" + name + "-dead",
                metrics.queue(name + "-dead", "ApproximateNumberOfMessagesVisible"),
                0,
                1,
                what + " could not be delivered or handled, and are in the dead-letter queue.",
                part);
        sheet.above(
                "topic-" + name + "-failed",
                metrics.notDelivered(name),
                0,
                1,
                what + " could not be delivered by the topic.",
                part);
    }

    private void tasks(ServicesStack services) {
        for (LullProcess process : LullProcess.services(installation)) {
            sheet.below(
                    process.word() + "-tasks",
                    metrics.service(process, "ECS/ContainerInsights", "RunningTaskCount", "Minimum"),
                    services.size(process).tasks(),
                    10,
                    "Fewer tasks of the " + process.word() + " run than should, for ten minutes.",
                    RunbookPart.GONE);
            MetricFilter errors = MetricFilter.Builder.create(this, StackIds.capitalized(process.word()) + "Errors")
                    .logGroup(services.log(process))
                    .filterPattern(FilterPattern.stringValue("$.level", "=", "ERROR"))
                    .metricNamespace(MetricsCollector.namespace(installation))
                    .metricName(process.word() + "-errors")
                    .build();
            sheet.above(
                    process.word() + "-errors",
                    errors.metric(SUM),
                    0,
                    1,
                    "The " + process.word() + " has logged an error.",
                    RunbookPart.LOG);
        }
    }
}
