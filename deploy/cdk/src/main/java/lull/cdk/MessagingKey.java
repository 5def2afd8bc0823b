package lull.cdk;

import java.util.List;
import java.util.Map;
import lull.cdk.installation.Installation;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/// Key of topics, queues and buckets, with the grants that services of AWS need and the CDK forgets.
final class MessagingKey extends Construct {

    private static final List<String> WRITE = List.of("kms:GenerateDataKey*", "kms:Decrypt");

    private final Key key;

    /// @param senders service principals as which Amazon SNS delivers to queues
    MessagingKey(Construct scope, Installation installation, List<String> senders) {
        super(scope, "MessagingKey");
        ResourceNames names = new ResourceNames(installation);
        this.key = Key.Builder.create(this, "Key")
                .alias(names.of("messages"))
                .description("Encrypts the topics, queues and buckets of Lull")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        // Topics deliver to encrypted queues.
        allow("TopicsDeliver", senders, Map.of("StringEquals", Map.of("aws:SourceAccount", installation.account())));
    }

    IKey key() {
        return key;
    }

    String arn() {
        return key.getKeyArn();
    }

    /// Allows a service of AWS to publish on behalf of some sources.
    ///
    /// @param condition additional to the account
    void allow(String sid, String service, Map<String, ?> condition) {
        allow(sid, List.of(service), condition);
    }

    private void allow(String sid, List<String> services, Map<String, ?> condition) {
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid(sid)
                .principals(services.stream().map(ServicePrincipal::new).toList())
                .actions(WRITE)
                .resources(List.of("*"))
                .conditions(condition)
                .build());
    }
}
