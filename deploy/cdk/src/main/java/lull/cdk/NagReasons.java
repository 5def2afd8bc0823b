package lull.cdk;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.constructs.IConstruct;

/// Findings of cdk-nag that stay, each with its reason. Everything else must be clean.
final class NagReasons {

    private NagReasons() {}

    static void accessLogBucket(IConstruct bucket) {
        suppress(bucket, "AwsSolutions-S1", "This bucket has the access logs of the others, and its own would fill it");
    }

    static void pagesOfOperators(IConstruct balancer) {
        suppress(
                balancer,
                "AwsSolutions-ELB2",
                "Addresses of pages have numbers of customers; the console logs what operators do, with masked numbers");
    }

    static void openListener(IConstruct group) {
        suppress(
                group,
                "AwsSolutions-EC23",
                "WhatsApp posts webhooks from many addresses; requests without a valid signature are refused");
    }

    /// Suppresses what the CDK generates for a custom resource that calls AWS.
    static void customResource(IConstruct resource, String whyAny) {
        suppress(resource, "AwsSolutions-IAM5", whyAny);
        String generated = "The CDK generates this function for custom resources, and chooses its runtime and its role";
        // The CDK creates one function for all custom resources of a stack, beside them.
        Stack.of(resource).getNode().findAll().stream()
                .filter(one -> one.getNode().getId().startsWith("AWS679f53fac002430cb0da5b7982bd2287"))
                .forEach(function -> {
                    suppress(function, "AwsSolutions-IAM4", generated);
                    suppress(function, "AwsSolutions-L1", generated);
                });
    }

    static void environment(IConstruct task) {
        suppress(
                task,
                "AwsSolutions-ECS2",
                "The variables are settings without secrets; secrets come from AWS Secrets Manager");
    }

    static void prefixes(IConstruct role, String reason) {
        suppress(role, "AwsSolutions-IAM5", reason);
    }

    /// ECS Exec, if it is chosen.
    static void sessions(IConstruct role) {
        suppress(
                role,
                "AwsSolutions-IAM5",
                "The channels of sessions and the list of log groups have no resources that a policy could name");
    }

    static void subscriptionQueue(IConstruct queue) {
        suppress(queue, "AwsSolutions-SQS3", "This is a dead-letter queue");
    }

    /// The database of the archive.
    static void database(IConstruct database, boolean isProtected, boolean hasStandby) {
        suppress(
                database,
                "AwsSolutions-RDS11",
                "Only the archive and the doctor reach the port, which is in no public network: another number hides"
                        + " nothing");
        suppress(
                database,
                "AwsSolutions-SMG4",
                "A process reads the password at its start, so a rotation restarts it: it is a step of operators");
        if (!isProtected) {
            suppress(
                    database,
                    "AwsSolutions-RDS10",
                    "The file protects against deletion from the second deployment on: a first one that fails must be"
                            + " deleted");
        }
        if (!hasStandby) {
            suppress(database, "AwsSolutions-RDS3", "The file has chosen one zone: the archive may be behind");
        }
    }

    private static void suppress(IConstruct construct, String id, String reason) {
        NagSuppressions.addResourceSuppressions(
                construct,
                List.of(NagPackSuppression.builder().id(id).reason(reason).build()),
                true);
    }
}
