package lull.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lull.cdk.KafkaStack.KafkaCluster;
import lull.cdk.installation.Installation;
import lull.cdk.installation.LullSettings;
import lull.cdk.installation.ResourceNames;
import lull.cli.PolicyStatement;
import lull.cli.ProcessRights;
import lull.runtime.settings.Settings;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/// Roles of the processes. Their statements are those that `bin/lull iam` prints, and the key of
/// messages for a process that uses something encrypted with it.
final class TaskRoles {

    private final Installation installation;
    private final ResourceNames names;
    private final Settings settings;
    private final KafkaCluster cluster;
    private final MessagingKey key;

    TaskRoles(Installation installation, KafkaCluster cluster, MessagingKey key) {
        this.installation = installation;
        this.names = new ResourceNames(installation);
        this.settings = LullSettings.loaded(installation);
        this.cluster = cluster;
        this.key = key;
    }

    Role create(Construct scope, LullProcess process) {
        List<software.amazon.awscdk.services.iam.PolicyStatement> statements = new ArrayList<>();
        process.access().ifPresent(access -> {
            List<PolicyStatement> inAws = ProcessRights.inAws(access, settings, names.account());
            inAws.forEach(right -> statements.add(statement(right)));
            ProcessRights.onKafka(access, settings, cluster.arn()).forEach(right -> statements.add(statement(right)));
            Set<String> onKey = onKey(inAws);
            if (!onKey.isEmpty()) {
                statements.add(software.amazon.awscdk.services.iam.PolicyStatement.Builder.create()
                        .sid("UseKey")
                        .actions(List.copyOf(onKey))
                        .resources(List.of(key.arn()))
                        .build());
            }
        });
        Role role = Role.Builder.create(scope, "Role")
                .description("Lull " + process.word() + " of " + installation.name())
                .assumedBy(ServicePrincipal.Builder.create("ecs-tasks.amazonaws.com")
                        .conditions(Map.of(
                                "StringEquals", Map.of("aws:SourceAccount", installation.account()),
                                "ArnLike", Map.of("aws:SourceArn", names.arn("ecs", installation.region(), "*"))))
                        .build())
                .inlinePolicies(
                        statements.isEmpty()
                                ? Map.of()
                                : Map.of(
                                        "lull",
                                        PolicyDocument.Builder.create()
                                                .statements(statements)
                                                .build()))
                .build();
        NagReasons.prefixes(
                role,
                "The statements are those of bin/lull iam: an asterisk ends the names of contacts, objects and"
                        + " transactional ids, which are chosen at run time, and Amazon Transcribe has no resources");
        return role;
    }

    /// Returns what a process does with the key of messages: queues and buckets of the installation are encrypted with
    /// it. Only a process that writes encrypts.
    private static Set<String> onKey(List<PolicyStatement> statements) {
        Set<String> onKey = new TreeSet<>();
        statements.stream().flatMap(statement -> statement.actions().stream()).forEach(action -> {
            switch (action) {
                case "sqs:ReceiveMessage", "s3:GetObject" -> onKey.add("kms:Decrypt");
                // A part of a large file is read again.
                case "s3:PutObject" -> onKey.addAll(List.of("kms:Decrypt", "kms:GenerateDataKey"));
                default -> {}
            }
        });
        return onKey;
    }

    private static software.amazon.awscdk.services.iam.PolicyStatement statement(PolicyStatement right) {
        software.amazon.awscdk.services.iam.PolicyStatement.Builder statement =
                software.amazon.awscdk.services.iam.PolicyStatement.Builder.create()
                        .sid(right.id())
                        .actions(List.copyOf(right.actions()))
                        .resources(right.resources());
        return right.condition().isEmpty()
                ? statement.build()
                : statement.conditions(Map.of("StringLike", right.condition())).build();
    }
}
