package lull.cdk;

import java.util.List;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.Console.Door;
import lull.cdk.installation.Ports;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.LoadBalancerTargetOptions;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocol;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCertificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.SslPolicy;
import software.constructs.Construct;

/// Load balancer with TLS in the private subnets, by which operators in the networks of the file reach the console. It
/// logs no requests, because addresses of pages have numbers of customers.
final class ConsoleBalancer extends Construct {

    private final ApplicationLoadBalancer balancer;

    /// @param group of the load balancer
    ConsoleBalancer(
            Construct scope,
            Installation installation,
            Door door,
            NetworkStack network,
            ISecurityGroup group,
            FargateService console) {
        // The id is part of the names of what is deployed.
        super(scope, "ConsoleDoor");
        this.balancer = ApplicationLoadBalancer.Builder.create(this, "Balancer")
                .loadBalancerName(new ResourceNames(installation).of("console"))
                .vpc(network.vpc())
                .vpcSubnets(SubnetSelection.builder()
                        .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                        .build())
                .internetFacing(false)
                .securityGroup(group)
                .dropInvalidHeaderFields(true)
                .deletionProtection(installation.isProtected())
                .idleTimeout(Duration.seconds(Ports.BALANCER_IDLE_SECONDS))
                .build();
        NagReasons.pagesOfOperators(balancer);
        ApplicationListener listener = balancer.addListener(
                "Tls",
                BaseApplicationListenerProps.builder()
                        .port(Ports.HTTPS)
                        .protocol(ApplicationProtocol.HTTPS)
                        .sslPolicy(SslPolicy.TLS13_RES)
                        .certificates(List.of(ListenerCertificate.fromArn(door.certificate())))
                        // The security groups have all rules.
                        .open(false)
                        .build());
        listener.addTargets(
                "Targets",
                AddApplicationTargetsProps.builder()
                        .port(Ports.CONSOLE)
                        .protocol(ApplicationProtocol.HTTP)
                        .deregistrationDelay(Duration.seconds(20))
                        .healthCheck(HealthCheck.builder()
                                .path("/readyz")
                                .port(Integer.toString(Ports.ADMIN))
                                .healthyHttpCodes("200")
                                .interval(Duration.seconds(10))
                                .timeout(Duration.seconds(5))
                                .healthyThresholdCount(2)
                                .unhealthyThresholdCount(10)
                                .build())
                        .targets(List.of(console.loadBalancerTarget(LoadBalancerTargetOptions.builder()
                                .containerName("lull")
                                .containerPort(Ports.CONSOLE)
                                .build())))
                        .build());
        address(door);
    }

    private void address(Door door) {
        BalancerName.in(this, door.zone(), door.hostname(), balancer);
        CfnOutput.Builder.create(Stack.of(this), "ConsoleAddress")
                .description("Name of the console's load balancer, to which " + door.hostname() + " must point")
                .value(balancer.getLoadBalancerDnsName())
                .build();
    }
}
