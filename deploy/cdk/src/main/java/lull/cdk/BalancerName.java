package lull.cdk;

import java.util.Optional;
import lull.cdk.installation.Installation.Zone;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.route53.ARecord;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.RecordTarget;
import software.amazon.awscdk.services.route53.targets.LoadBalancerTarget;
import software.constructs.Construct;

/// Name of a load balancer in DNS.
final class BalancerName {

    private BalancerName() {}

    /// Lets a host name lead to a load balancer, if its zone is one of Amazon Route 53.
    static void in(Construct scope, Optional<Zone> zone, String hostname, ApplicationLoadBalancer balancer) {
        zone.ifPresent(known -> ARecord.Builder.create(scope, "Name")
                .zone(HostedZone.fromHostedZoneAttributes(
                        scope,
                        "Zone",
                        HostedZoneAttributes.builder()
                                .hostedZoneId(known.id())
                                .zoneName(known.name())
                                .build()))
                .recordName(hostname)
                .target(RecordTarget.fromAlias(new LoadBalancerTarget(balancer)))
                .build());
    }
}
