package lull.cdk;

import java.util.List;
import java.util.Map;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.msk.CfnCluster;
import software.constructs.Construct;

/// Addresses of the brokers of a cluster, which CloudFormation does not know: a custom resource asks
/// Amazon MSK for them.
final class BootstrapBrokers extends Construct {

    private final String addresses;

    BootstrapBrokers(Construct scope, ResourceNames names, CfnCluster cluster, LogStore logs) {
        super(scope, "Bootstrap");
        AwsSdkCall call = AwsSdkCall.builder()
                .service("Kafka")
                .action("GetBootstrapBrokers")
                .parameters(Map.of("ClusterArn", cluster.getAttrArn()))
                .physicalResourceId(PhysicalResourceId.of("bootstrap"))
                .outputPaths(List.of("BootstrapBrokerStringSaslIam"))
                .build();
        AwsCustomResource asked = AwsCustomResource.Builder.create(this, "Asked")
                .onUpdate(call)
                .installLatestAwsSdk(false)
                .logGroup(logs.group(this, "Log", names.logGroup("bootstrap")))
                .policy(AwsCustomResourcePolicy.fromStatements(List.of(PolicyStatement.Builder.create()
                        .actions(List.of("kafka:GetBootstrapBrokers"))
                        // The action has no type of resources.
                        .resources(List.of("*"))
                        .build())))
                .build();
        NagReasons.customResource(asked, "kafka:GetBootstrapBrokers has no resources that a policy could name");
        this.addresses = asked.getResponseField("BootstrapBrokerStringSaslIam");
    }

    String addresses() {
        return addresses;
    }
}
