package lull.cdk;

import lull.cdk.KafkaStack.KafkaCluster;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.ServiceSize;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerInsights;

/// The task that creates topics. It has a stack of its own, because no service becomes healthy without
/// topics, and a stack whose services do not is rolled back.
final class TopicsStack extends Stack {

    /// Half a vCPU creates all topics within a minute.
    private static final ServiceSize SIZE = new ServiceSize(1, 512, 1_024);

    private final Cluster cluster;

    TopicsStack(LullStacks.Scope scope, String id, NetworkStack network, KafkaCluster kafka, MessagingStack messaging) {
        super(scope.app(), scope.id(id), scope.props("task that creates topics"));
        Installation installation = scope.installation();
        this.cluster = Cluster.Builder.create(this, "Cluster")
                .clusterName(installation.name())
                .vpc(network.vpc())
                .containerInsightsV2(ContainerInsights.ENABLED)
                .build();
        new LullTask(
                this,
                LullProcess.TOPICS,
                installation,
                SIZE,
                new TaskRoles(installation, kafka, messaging.key()),
                kafka.bootstrap(),
                network.logs());
        command(installation, network);
    }

    /// Returns the cluster of all tasks.
    Cluster cluster() {
        return cluster;
    }

    /// The command that runs the task, because a task definition alone runs nothing.
    private void command(Installation installation, NetworkStack network) {
        String subnet = network.vpc()
                .selectSubnets(SubnetSelection.builder()
                        .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                        .build())
                .getSubnetIds()
                .getFirst();
        String group = network.groups().of(LullProcess.TOPICS.access()).getSecurityGroupId();
        CfnOutput.Builder.create(this, "CreateTopics")
                .description("Creates the topics")
                .value("aws ecs run-task --region " + installation.region() + " --cluster " + installation.name()
                        + " --task-definition " + new ResourceNames(installation).of(LullProcess.TOPICS.word())
                        + " --launch-type FARGATE --network-configuration 'awsvpcConfiguration={subnets=[" + subnet
                        + "],securityGroups=[" + group + "],assignPublicIp=DISABLED}'")
                .build();
    }
}
