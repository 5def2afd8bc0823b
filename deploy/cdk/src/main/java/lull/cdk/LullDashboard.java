package lull.cdk;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import lull.applications.ApplicationsService;
import lull.cdk.installation.ArchiveDatabaseChoice;
import lull.cdk.installation.Installation;
import lull.cdk.installation.LullSettings;
import lull.contract.topic.ConsumerGroup;
import lull.contract.topic.Topics;
import lull.runtime.kafka.TopicSettings;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.elasticloadbalancingv2.HttpCodeTarget;
import software.amazon.awscdk.services.elasticloadbalancingv2.IApplicationLoadBalancerMetrics;
import software.constructs.Construct;

/// Dashboard with the journey of a message from left to right and from top to bottom.
final class LullDashboard {

    private static final int WIDTH = 8;

    private final LullMetrics metrics;
    private final Installation installation;

    LullDashboard(Construct scope, Installation installation, LullMetrics metrics, ServicesStack services) {
        List<String> inputs = LullSettings.loaded(installation).get(TopicSettings.INPUTS);
        List<IMetric> turns = inputs.stream()
                .<IMetric>map(input -> metrics.lag(Topics.applicationId(input), input))
                .toList();
        this.installation = installation;
        Set<String> ofApplications =
                ApplicationsService.groups(LullSettings.loaded(installation)).keySet();
        List<IMetric> flows = Arrays.stream(ConsumerGroup.values())
                .filter(group -> group.isOfBridge() || ofApplications.contains(group.id()))
                .<IMetric>map(group ->
                        metrics.lag(group.id(), group.topics(inputs).getFirst().name()))
                .toList();
        this.metrics = metrics;
        Dashboard dashboard = Dashboard.Builder.create(scope, "Dashboard")
                .dashboardName(installation.name())
                .build();
        services.balancer()
                .ifPresent(balancer -> door(dashboard, balancer.balancer().getMetrics()));
        dashboard.addWidgets(graph("Oldest message before its turn, in seconds", turns));
        dashboard.addWidgets(
                graph("Oldest record of each flow, in seconds", flows),
                graph(
                        "Oldest event of a chat, in seconds",
                        List.of(metrics.queue("chats", "ApproximateAgeOfOldestMessage"))),
                graph(
                        "Dead letters of the queue",
                        List.of(metrics.queue("chats-dead", "ApproximateNumberOfMessagesVisible"))));
        dashboard.addWidgets(
                graph(
                        "Running tasks",
                        ofServices(process ->
                                metrics.service(process, "ECS/ContainerInsights", "RunningTaskCount", "Minimum"))),
                graph(
                        "CPU, in %",
                        ofServices(process -> metrics.service(process, "AWS/ECS", "CPUUtilization", "Maximum"))),
                graph(
                        "Memory, in %",
                        ofServices(process -> metrics.service(process, "AWS/ECS", "MemoryUtilization", "Maximum"))));
        if (installation.operations().collector().isPresent()) {
            meters(dashboard);
            if (!ofApplications.isEmpty()) {
                applications(dashboard);
            }
            if (LullProcess.ARCHIVE.isPartOf(installation)) {
                archive(dashboard);
            }
        }
    }

    private static void door(Dashboard dashboard, IApplicationLoadBalancerMetrics door) {
        dashboard.addWidgets(
                graph(
                        "Requests and answers",
                        List.of(
                                door.requestCount(),
                                door.httpCodeTarget(HttpCodeTarget.TARGET_2XX_COUNT),
                                door.httpCodeTarget(HttpCodeTarget.TARGET_4XX_COUNT),
                                door.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT))),
                graph("Time until an answer, in seconds", List.of(door.targetResponseTime())));
    }

    private void meters(Dashboard dashboard) {
        dashboard.addWidgets(
                graph("Webhooks by outcome", byValue(LullMeter.WEBHOOKS, LullProcess.INGRESS, "Sum")),
                graph(
                        "Delay of turns, quantile 0.99, in seconds",
                        byValue(LullMeter.TURN_DELAY, LullProcess.AGGREGATOR, "Maximum")),
                graph(
                        "Records that are not read yet, maximum of a partition",
                        List.of(
                                metrics.meter(LullMeter.LAG, LullProcess.AGGREGATOR, "Maximum"),
                                metrics.meter(LullMeter.LAG, LullProcess.BRIDGE, "Maximum"))));
        dashboard.addWidgets(
                graph(
                        "Waiting conversations of a flow, and pauses",
                        List.of(
                                metrics.meter(LullMeter.WAITING, LullProcess.BRIDGE, "Maximum"),
                                metrics.meter(LullMeter.PAUSES, LullProcess.BRIDGE, "Maximum"))),
                graph("Events of chats by outcome", byValue(LullMeter.NOTIFICATIONS, LullProcess.BRIDGE, "Sum")),
                graph("Replies by outcome", byValue(LullMeter.REPLIES, LullProcess.BRIDGE, "Sum")));
        dashboard.addWidgets(
                graph("Ready", ofServices(process -> metrics.meter(LullMeter.READY, process, "Minimum"))),
                graph("Degraded", ofServices(process -> metrics.meter(LullMeter.DEGRADED, process, "Maximum"))),
                graph("Open chats", List.of(metrics.meter(LullMeter.CHATS, LullProcess.BRIDGE, "Maximum"))));
    }

    private void applications(Dashboard dashboard) {
        dashboard.addWidgets(
                graph(
                        "Turns of applications by outcome",
                        byValue(LullMeter.APPLICATION_TURNS, LullProcess.APPLICATIONS, "Sum")),
                graph(
                        "Conversations that wait for an application, and pauses",
                        List.of(
                                metrics.meter(LullMeter.APPLICATION_WAITING, LullProcess.APPLICATIONS, "Maximum"),
                                metrics.meter(LullMeter.APPLICATION_PAUSES, LullProcess.APPLICATIONS, "Maximum"))),
                graph(
                        "Turns for applications that became dead letters",
                        byValue(LullMeter.APPLICATION_ATTEMPTS, LullProcess.APPLICATIONS, "Sum")));
    }

    private void archive(Dashboard dashboard) {
        dashboard.addWidgets(
                graph(
                        "Records that are not archived yet",
                        List.of(metrics.meter(LullMeter.ARCHIVE_LAG, LullProcess.ARCHIVE, "Maximum"))),
                graph("Records of the archive", byValue(LullMeter.ARCHIVE_RECORDS, LullProcess.ARCHIVE, "Sum")));
        if (installation.archive().orElse(null) instanceof ArchiveDatabaseChoice.Created) {
            dashboard.addWidgets(
                    graph("Free storage of the database", List.of(metrics.database("FreeStorageSpace", "Minimum"))),
                    graph("CPU of the database, in %", List.of(metrics.database("CPUUtilization", "Average"))),
                    graph("Connections of the database", List.of(metrics.database("DatabaseConnections", "Maximum"))));
        }
    }

    private List<IMetric> byValue(LullMeter meter, LullProcess process, String statistic) {
        return meter.labelValues().stream()
                .<IMetric>map(value -> metrics.meter(meter, process, value, statistic))
                .toList();
    }

    private List<IMetric> ofServices(Function<LullProcess, IMetric> metric) {
        return LullProcess.services(installation).stream().map(metric).toList();
    }

    private static GraphWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(metrics)
                .width(WIDTH)
                .build();
    }
}
