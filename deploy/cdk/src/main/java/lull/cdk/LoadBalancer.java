package lull.cdk;

import java.util.List;
import lull.cdk.installation.Installation;
import lull.cdk.installation.OtherPaths;
import lull.cdk.installation.Ports;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.LoadBalancerTargetOptions;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddApplicationActionProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocol;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationTargetGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.FixedResponseOptions;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerAction;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCertificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCondition;
import software.amazon.awscdk.services.elasticloadbalancingv2.SslPolicy;
import software.constructs.Construct;

/// The only thing that can be reached from the internet: TLS, and the paths that are used. Everything
/// else is answered 404.
final class LoadBalancer extends Construct {

    private final ApplicationLoadBalancer balancer;
    private final ApplicationTargetGroup targets;

    /// @param group of the load balancer
    LoadBalancer(
            Construct scope,
            Installation installation,
            NetworkStack network,
            ISecurityGroup group,
            FargateService ingress) {
        super(scope, "Door");
        this.balancer = ApplicationLoadBalancer.Builder.create(this, "Balancer")
                .loadBalancerName(installation.name())
                .vpc(network.vpc())
                .vpcSubnets(
                        SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build())
                .internetFacing(true)
                .securityGroup(group)
                .dropInvalidHeaderFields(true)
                .deletionProtection(installation.isProtected())
                .idleTimeout(Duration.seconds(Ports.BALANCER_IDLE_SECONDS))
                .build();
        balancer.logAccessLogs(network.logs().bucket(), "load-balancer");
        this.targets = targets(network, ingress);
        ApplicationListener listener = balancer.addListener(
                "Tls",
                BaseApplicationListenerProps.builder()
                        .port(Ports.HTTPS)
                        .protocol(ApplicationProtocol.HTTPS)
                        .sslPolicy(SslPolicy.TLS13_RES)
                        .certificates(List.of(
                                ListenerCertificate.fromArn(installation.doors().certificate())))
                        // The security groups have all rules.
                        .open(false)
                        .defaultAction(ListenerAction.fixedResponse(
                                404,
                                FixedResponseOptions.builder()
                                        .contentType("text/plain")
                                        .messageBody("Not found")
                                        .build()))
                        .build());
        paths(listener, installation.doors());
        List<String> others = OtherPaths.of(installation);
        if (!others.isEmpty()) {
            listener.addAction(
                    "Others",
                    AddApplicationActionProps.builder()
                            .priority(15)
                            .conditions(List.of(ListenerCondition.pathPatterns(others)))
                            .action(ListenerAction.forward(List.of(targets)))
                            .build());
        }
        installation.doors().requestsPerMinute().ifPresent(most -> new RateLimit(this, installation, balancer, most));
        address(installation);
        NagReasons.openListener(group);
    }

    ApplicationLoadBalancer balancer() {
        return balancer;
    }

    ApplicationTargetGroup targets() {
        return targets;
    }

    private ApplicationTargetGroup targets(NetworkStack network, FargateService ingress) {
        return ApplicationTargetGroup.Builder.create(this, "Targets")
                .vpc(network.vpc())
                .port(Ports.INGRESS)
                .protocol(ApplicationProtocol.HTTP)
                // Less than a task may take to stop.
                .deregistrationDelay(Duration.seconds(20))
                .healthCheck(HealthCheck.builder()
                        .path("/readyz")
                        .port(Integer.toString(Ports.ADMIN))
                        .healthyHttpCodes("200")
                        .interval(Duration.seconds(10))
                        .timeout(Duration.seconds(5))
                        .healthyThresholdCount(2)
                        // ECS replaces a task that fails this check, which helps nobody while Kafka is unavailable.
                        .unhealthyThresholdCount(10)
                        .build())
                .targets(List.of(ingress.loadBalancerTarget(LoadBalancerTargetOptions.builder()
                        .containerName("lull")
                        .containerPort(Ports.INGRESS)
                        .build())))
                .build();
    }

    private void paths(ApplicationListener listener, Installation.Doors doors) {
        if (doors.webhooks()) {
            listener.addAction(
                    "Webhooks",
                    AddApplicationActionProps.builder()
                            .priority(10)
                            .conditions(List.of(ListenerCondition.pathPatterns(
                                    List.of("/webhooks/whatsapp", "/webhooks/whatsapp/*"))))
                            .action(ListenerAction.forward(List.of(targets)))
                            .build());
        }
        if (doors.hasReplies()) {
            listener.addAction(
                    "Replies",
                    AddApplicationActionProps.builder()
                            .priority(20)
                            .conditions(List.of(
                                    ListenerCondition.pathPatterns(List.of("/replies")),
                                    ListenerCondition.sourceIps(doors.repliesFrom())))
                            .action(ListenerAction.forward(List.of(targets)))
                            .build());
        }
    }

    private void address(Installation installation) {
        Installation.Doors doors = installation.doors();
        BalancerName.in(this, doors.zone(), doors.hostname(), balancer);
        CfnOutput.Builder.create(Stack.of(this), "Address")
                .description("Name of the load balancer, to which " + doors.hostname() + " must point")
                .value(balancer.getLoadBalancerDnsName())
                .build();
        if (doors.webhooks()) {
            CfnOutput.Builder.create(Stack.of(this), "Webhooks")
                    .description("Address of the webhooks, for the app at Meta")
                    .value("https://" + doors.hostname() + "/webhooks/whatsapp")
                    .build();
        }
    }
}
