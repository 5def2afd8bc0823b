package lull.cdk;

import java.util.Optional;
import lull.cdk.KafkaStack.KafkaCluster;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.ServiceSize;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ecs.CloudMapNamespaceOptions;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerInsights;
import software.amazon.awscdk.services.ecs.ExecuteCommandConfiguration;
import software.amazon.awscdk.services.ecs.ExecuteCommandLogConfiguration;
import software.amazon.awscdk.services.ecs.ExecuteCommandLogging;
import software.amazon.awscdk.services.kms.Key;

/// The cluster of all tasks, and a task for each kind of command that operators run: the script `run` starts them. It
/// comes before the services, because no service becomes healthy without topics, and a stack whose services do not is
/// rolled back.
final class CommandsStack extends Stack {

    /// Half a vCPU creates all topics within a minute.
    private static final ServiceSize SIZE = new ServiceSize(1, 512, 1_024);

    private final Cluster cluster;

    CommandsStack(
            LullStacks.Scope scope,
            String id,
            NetworkStack network,
            KafkaCluster kafka,
            MessagingStack messaging,
            Optional<ArchiveDatabase> database) {
        super(scope.app(), scope.id(id), scope.props("tasks of operators"));
        Installation installation = scope.installation();
        Cluster.Builder builder = Cluster.Builder.create(this, "Cluster")
                .clusterName(installation.name())
                .vpc(network.vpc())
                .containerInsightsV2(ContainerInsights.ENABLED);
        if (installation.operations().exec()) {
            builder.executeCommandConfiguration(sessions(installation, network.logs()));
        }
        this.cluster = builder.build();
        if (installation.console().isPresent()) {
            // The console finds tasks by names, which have the addresses of those that are healthy.
            cluster.addDefaultCloudMapNamespace(CloudMapNamespaceOptions.builder()
                    .name(new ResourceNames(installation).domain())
                    .vpc(network.vpc())
                    .build());
        }
        TaskRoles roles = new TaskRoles(installation, kafka, messaging.key());
        for (LullProcess command : LullProcess.commands(installation)) {
            new LullTask(
                    this,
                    command,
                    installation,
                    SIZE,
                    roles,
                    new LullTask.Addresses(kafka.bootstrap(), database),
                    network.logs());
            network(command, network);
        }
    }

    /// Returns the cluster of all tasks.
    Cluster cluster() {
        return cluster;
    }

    /// What operators type in sessions (ECS Exec) is encrypted with a key of its own, and logged.
    private ExecuteCommandConfiguration sessions(Installation installation, LogStore logs) {
        ResourceNames names = new ResourceNames(installation);
        return ExecuteCommandConfiguration.builder()
                .kmsKey(Key.Builder.create(this, "SessionKey")
                        .alias(names.of("sessions"))
                        .description("Encrypts sessions of operators in tasks of Lull")
                        .enableKeyRotation(true)
                        .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                        .build())
                .logging(ExecuteCommandLogging.OVERRIDE)
                .logConfiguration(ExecuteCommandLogConfiguration.builder()
                        .cloudWatchLogGroup(logs.group(this, "Sessions", names.logGroup("sessions")))
                        .cloudWatchEncryptionEnabled(true)
                        .build())
                .build();
    }

    /// What a task definition does not say: where the task runs.
    private void network(LullProcess command, NetworkStack network) {
        String subnet = network.vpc()
                .selectSubnets(SubnetSelection.builder()
                        .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                        .build())
                .getSubnetIds()
                .getFirst();
        CfnOutput.Builder.create(this, StackIds.capitalized(command.word()) + "Network")
                .description("Network of the task " + command.word() + ", for the script run")
                .value("awsvpcConfiguration={subnets=[" + subnet + "],securityGroups=["
                        + network.groups().of(command).getSecurityGroupId() + "],assignPublicIp=DISABLED}")
                .build();
    }
}
