package lull.cdk;

import java.util.List;
import lull.cdk.installation.Installation;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/// Limit of the requests of one address, by AWS WAF. It has no rules about bodies, because those of
/// webhooks are larger than AWS WAF reads.
final class RateLimit extends Construct {

    RateLimit(Construct scope, Installation installation, ApplicationLoadBalancer balancer, int perMinute) {
        super(scope, "RateLimit");
        String name = new ResourceNames(installation).of("addresses");
        CfnWebACL.VisibilityConfigProperty visibility = CfnWebACL.VisibilityConfigProperty.builder()
                .cloudWatchMetricsEnabled(true)
                .metricName(name)
                .sampledRequestsEnabled(false)
                .build();
        CfnWebACL acl = CfnWebACL.Builder.create(this, "Acl")
                .name(name)
                .scope("REGIONAL")
                .defaultAction(CfnWebACL.DefaultActionProperty.builder()
                        .allow(CfnWebACL.AllowActionProperty.builder().build())
                        .build())
                .visibilityConfig(visibility)
                .rules(List.of(CfnWebACL.RuleProperty.builder()
                        .name("requests-of-one-address")
                        .priority(1)
                        .action(CfnWebACL.RuleActionProperty.builder()
                                .block(CfnWebACL.BlockActionProperty.builder().build())
                                .build())
                        .statement(CfnWebACL.StatementProperty.builder()
                                .rateBasedStatement(CfnWebACL.RateBasedStatementProperty.builder()
                                        .aggregateKeyType("IP")
                                        .evaluationWindowSec(60)
                                        .limit(perMinute)
                                        .build())
                                .build())
                        .visibilityConfig(visibility)
                        .build()))
                .build();
        CfnWebACLAssociation.Builder.create(this, "Association")
                .resourceArn(balancer.getLoadBalancerArn())
                .webAclArn(acl.getAttrArn())
                .build();
    }
}
