package lull.cdk;

import java.util.List;
import lull.cdk.KafkaStack.KafkaCluster;
import lull.cdk.installation.Installation;
import lull.cdk.installation.KafkaChoice;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.msk.CfnCluster;
import software.amazon.awscdk.services.msk.CfnConfiguration;
import software.constructs.Construct;

/// Cluster of Amazon MSK with IAM authentication only, in the private subnets, encrypted with a key of
/// its own. It stays when its stack is deleted.
final class MskCluster extends Construct {

    private final KafkaCluster cluster;

    MskCluster(Construct scope, Installation installation, KafkaChoice.Provisioned choice, NetworkStack network) {
        super(scope, "Msk");
        ResourceNames names = new ResourceNames(installation);
        Key key = Key.Builder.create(this, "Key")
                .alias(names.of("kafka"))
                .description("Encrypts the records of Lull on the brokers")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        LogGroup log = network.logs().group(this, "BrokerLog", names.logGroup("brokers"));
        CfnConfiguration configuration = configuration(names, choice);
        CfnCluster msk = CfnCluster.Builder.create(this, "Cluster")
                .clusterName(installation.name())
                .kafkaVersion(choice.version())
                .numberOfBrokerNodes(choice.brokers())
                .brokerNodeGroupInfo(brokers(choice, network))
                .clientAuthentication(iamOnly())
                .encryptionInfo(encryption(key))
                .enhancedMonitoring(monitoring(choice))
                .loggingInfo(logging(log))
                .configurationInfo(CfnCluster.ConfigurationInfoProperty.builder()
                        .arn(configuration.getAttrArn())
                        .revision(configuration.getAttrLatestRevisionRevision())
                        .build())
                .build();
        msk.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
        // Only the last part of the ARN is unknown before, so policies can be written with it.
        String id = Fn.select(2, Fn.split("/", msk.getAttrArn()));
        String arn = names.arn("kafka", installation.region(), "cluster/" + installation.name() + "/" + id);
        this.cluster = new KafkaCluster(arn, new BootstrapBrokers(this, names, msk, network.logs()).addresses());
    }

    KafkaCluster cluster() {
        return cluster;
    }

    private CfnConfiguration configuration(ResourceNames names, KafkaChoice.Provisioned choice) {
        String properties = switch (choice) {
            case KafkaChoice.Express _ -> "auto.create.topics.enable=false\n";
            case KafkaChoice.Standard _ -> """
                        auto.create.topics.enable=false
                        default.replication.factor=3
                        message.max.bytes=8388608
                        min.insync.replicas=2
                        replica.fetch.max.bytes=8388608
                        unclean.leader.election.enable=false
                        """;
        };
        CfnConfiguration configuration = CfnConfiguration.Builder.create(this, "Configuration")
                .name(names.of("brokers"))
                // No list of versions: with another list it would be another configuration, and a cluster in use could
                // not get a new version.
                .serverProperties(properties)
                .build();
        configuration.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
        return configuration;
    }

    /// Throttling of Express brokers is measured on this level only, which is charged. What alarms need of Standard
    /// brokers is free.
    private static String monitoring(KafkaChoice.Provisioned choice) {
        return switch (choice) {
            case KafkaChoice.Express _ -> "PER_BROKER";
            case KafkaChoice.Standard _ -> "DEFAULT";
        };
    }

    private static CfnCluster.BrokerNodeGroupInfoProperty brokers(
            KafkaChoice.Provisioned choice, NetworkStack network) {
        CfnCluster.BrokerNodeGroupInfoProperty.Builder brokers = CfnCluster.BrokerNodeGroupInfoProperty.builder()
                .clientSubnets(network.vpc()
                        .selectSubnets(SubnetSelection.builder()
                                .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                                .build())
                        .getSubnetIds())
                .securityGroups(List.of(network.groups().kafka().getSecurityGroupId()));
        return switch (choice) {
            case KafkaChoice.Express express ->
                brokers.instanceType("express." + express.brokerType()).build();
            case KafkaChoice.Standard standard ->
                brokers.instanceType("kafka." + standard.brokerType())
                        .storageInfo(CfnCluster.StorageInfoProperty.builder()
                                .ebsStorageInfo(CfnCluster.EBSStorageInfoProperty.builder()
                                        .volumeSize(standard.diskGibibytes())
                                        .build())
                                .build())
                        .build();
        };
    }

    private static CfnCluster.ClientAuthenticationProperty iamOnly() {
        return CfnCluster.ClientAuthenticationProperty.builder()
                .sasl(CfnCluster.SaslProperty.builder()
                        .iam(CfnCluster.IamProperty.builder().enabled(true).build())
                        .build())
                .unauthenticated(CfnCluster.UnauthenticatedProperty.builder()
                        .enabled(false)
                        .build())
                .build();
    }

    private static CfnCluster.EncryptionInfoProperty encryption(Key key) {
        return CfnCluster.EncryptionInfoProperty.builder()
                .encryptionAtRest(CfnCluster.EncryptionAtRestProperty.builder()
                        .dataVolumeKmsKeyId(key.getKeyArn())
                        .build())
                .encryptionInTransit(CfnCluster.EncryptionInTransitProperty.builder()
                        .clientBroker("TLS")
                        .inCluster(true)
                        .build())
                .build();
    }

    private static CfnCluster.LoggingInfoProperty logging(LogGroup log) {
        return CfnCluster.LoggingInfoProperty.builder()
                .brokerLogs(CfnCluster.BrokerLogsProperty.builder()
                        .cloudWatchLogs(CfnCluster.CloudWatchLogsProperty.builder()
                                .enabled(true)
                                .logGroup(log.getLogGroupName())
                                .build())
                        .build())
                .build();
    }
}
