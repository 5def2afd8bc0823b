package lull.cdk;

import java.util.List;
import java.util.Optional;
import lull.cdk.installation.Installation.ServiceSize;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ecs.AvailabilityZoneRebalancing;
import software.amazon.awscdk.services.ecs.CloudMapOptions;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.ICluster;
import software.amazon.awscdk.services.ecs.PropagatedTagSource;
import software.amazon.awscdk.services.servicediscovery.DnsRecordType;
import software.constructs.Construct;

/// How a service runs: in private subnets, replaced task by task, and rolled back if a new version does
/// not become healthy.
final class LullService {

    private LullService() {}

    /// Creates a service whose tasks take requests of others: one more runs while tasks are replaced.
    ///
    /// @param tasks how many run; empty if an autoscaler decides. A number in the template is set again at each
    ///     deployment, also under load. Without one, ECS starts one task, and Application Auto Scaling raises it to
    ///     the minimum when the service is registered with it
    /// @param isBehindBalancer whether a load balancer asks the tasks how they are
    static FargateService scaled(
            Construct scope,
            String name,
            ICluster cluster,
            LullTask task,
            ISecurityGroup group,
            Optional<Integer> tasks,
            boolean isBehindBalancer) {
        FargateService.Builder service = common(scope, name, cluster, task, group)
                .minHealthyPercent(100)
                .maxHealthyPercent(200)
                .availabilityZoneRebalancing(AvailabilityZoneRebalancing.ENABLED);
        tasks.ifPresent(service::desiredCount);
        return isBehindBalancer
                ? service.healthCheckGracePeriod(Duration.seconds(60)).build()
                : service.build();
    }

    /// Creates a service whose tasks share partitions: one task after the other is stopped and
    /// replaced, and never one more runs. A task counts as replaced when the health check has passed.
    ///
    /// @param isBehindBalancer whether a load balancer asks the tasks how they are
    static FargateService oneAfterTheOther(
            Construct scope,
            String name,
            ICluster cluster,
            LullTask task,
            ServiceSize size,
            ISecurityGroup group,
            boolean isBehindBalancer) {
        FargateService.Builder service = common(scope, name, cluster, task, group);
        if (isBehindBalancer) {
            service.healthCheckGracePeriod(Duration.seconds(60));
        }
        return service.desiredCount(size.tasks())
                .minHealthyPercent(allButOne(size.tasks()))
                .maxHealthyPercent(100)
                // It would start one more task.
                .availabilityZoneRebalancing(AvailabilityZoneRebalancing.DISABLED)
                .build();
    }

    /// Returns the share of all tasks but one in percent. ECS rounds the number of tasks up.
    static int allButOne(int tasks) {
        return 100 * (tasks - 1) / tasks;
    }

    private static FargateService.Builder common(
            Construct scope, String name, ICluster cluster, LullTask task, ISecurityGroup group) {
        FargateService.Builder service = FargateService.Builder.create(scope, "Service");
        if (cluster.getDefaultCloudMapNamespace() != null) {
            service.cloudMapOptions(CloudMapOptions.builder()
                    .name(task.word())
                    .dnsRecordType(DnsRecordType.A)
                    .dnsTtl(Duration.seconds(10))
                    .build());
        }
        return service.cluster(cluster)
                .serviceName(name)
                .taskDefinition(task.definition())
                .securityGroups(List.of(group))
                .vpcSubnets(SubnetSelection.builder()
                        .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                        .build())
                .assignPublicIp(false)
                .enableExecuteCommand(task.exec())
                .propagateTags(PropagatedTagSource.SERVICE)
                .circuitBreaker(DeploymentCircuitBreaker.builder()
                        .enable(true)
                        .rollback(true)
                        .build());
    }
}
