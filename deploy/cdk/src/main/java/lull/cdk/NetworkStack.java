package lull.cdk;

import java.util.List;
import java.util.Map;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Network;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;

/// Network, the security groups of everything in it, and what keeps logs.
final class NetworkStack extends Stack {

    private final List<String> zones;
    private final IVpc vpc;
    private final SecurityGroups groups;
    private final LogStore logs;

    NetworkStack(LullStacks.Scope scope, String id) {
        super(scope.app(), scope.id(id), scope.props("network, security groups and logs"));
        Installation installation = scope.installation();
        this.zones = installation.network().zones();
        this.logs = new LogStore(this, installation);
        this.vpc = switch (installation.network()) {
            case Network.New network -> create(network, installation);
            case Network.Existing network -> existing(network);
        };
        this.groups = new SecurityGroups(this, vpc, installation);
    }

    /// The zones in the file, so that synthesis does not ask the account for them.
    @Override
    public List<String> getAvailabilityZones() {
        return zones;
    }

    IVpc vpc() {
        return vpc;
    }

    SecurityGroups groups() {
        return groups;
    }

    LogStore logs() {
        return logs;
    }

    private IVpc create(Network.New network, Installation installation) {
        Validations.of(this)
                .acknowledge(Acknowledgment.builder()
                        .id("CloudFormation-Validate::W3010")
                        .reason("The file of the installation names the zones")
                        .build());
        return Vpc.Builder.create(this, "Vpc")
                .vpcName(installation.name())
                .ipAddresses(IpAddresses.cidr(network.cidr()))
                .availabilityZones(network.zones())
                .natGateways(network.natGateways())
                .restrictDefaultSecurityGroup(true)
                .subnetConfiguration(List.of(
                        SubnetConfiguration.builder()
                                .name("public")
                                .subnetType(SubnetType.PUBLIC)
                                .mapPublicIpOnLaunch(false)
                                .cidrMask(24)
                                .build(),
                        SubnetConfiguration.builder()
                                .name("private")
                                .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                                .cidrMask(22)
                                .build()))
                .gatewayEndpoints(Map.of(
                        "S3",
                        GatewayVpcEndpointOptions.builder()
                                .service(GatewayVpcEndpointAwsService.S3)
                                .build()))
                .flowLogs(Map.of(
                        "Flow",
                        FlowLogOptions.builder()
                                .destination(FlowLogDestination.toCloudWatchLogs(logs.group(
                                        this, "FlowLog", new ResourceNames(installation).logGroup("network"))))
                                .build()))
                .build();
    }

    private IVpc existing(Network.Existing network) {
        IVpc vpc = Vpc.fromVpcAttributes(
                this,
                "Vpc",
                VpcAttributes.builder()
                        .vpcId(network.id())
                        .availabilityZones(network.zones())
                        .publicSubnetIds(network.publicSubnets())
                        .privateSubnetIds(network.privateSubnets())
                        .build());
        // Nothing here changes routes.
        Annotations.of(vpc).acknowledgeWarning("@aws-cdk/aws-ec2:noSubnetRouteTableId");
        return vpc;
    }
}
