package lull.cdk;

import java.util.List;
import java.util.Map;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.EndUserMessaging;
import lull.cdk.installation.ResourceNames;
import lull.cdk.installation.SnsRegions;
import software.amazon.awscdk.customresources.AwsCustomResource;
import software.amazon.awscdk.customresources.AwsCustomResourcePolicy;
import software.amazon.awscdk.customresources.AwsSdkCall;
import software.amazon.awscdk.customresources.PhysicalResourceId;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Subscription;
import software.amazon.awscdk.services.sns.SubscriptionProtocol;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/// What receives the events of AWS End User Messaging Social: a topic, which is made the event
/// destination of the WhatsApp business account, a queue, and the bucket through which files go.
final class SocialMessages extends Construct {

    private static final String SERVICE = "social-messaging.amazonaws.com";

    private final DurableQueue queue;

    SocialMessages(
            Construct scope, Installation installation, EndUserMessaging messaging, MessagingKey key, LogStore logs) {
        super(scope, "Social");
        ResourceNames names = new ResourceNames(installation);
        this.queue = new DurableQueue(
                this,
                "Webhooks",
                names.of("webhooks"),
                installation,
                key,
                List.of(names.webhookTopicArn()),
                SnsRegions.senders(installation.region(), List.of(installation.region())));
        Map<String, Object> fromAccount = Map.of(
                "StringEquals", Map.of("aws:SourceAccount", installation.account()),
                "ArnLike", Map.of("aws:SourceArn", names.arn("social-messaging", "*", "*")));
        Topic topic = Topic.Builder.create(this, "Topic")
                .topicName(names.of("webhooks"))
                .masterKey(key.key())
                .enforceSsl(true)
                .build();
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("EndUserMessagingPublishes")
                .principals(List.of(new ServicePrincipal(SERVICE)))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(fromAccount)
                .build());
        key.allow("EndUserMessagingPublishes", SERVICE, fromAccount);
        Subscription.Builder.create(this, "ToQueue")
                .topic(topic)
                .protocol(SubscriptionProtocol.SQS)
                .endpoint(queue.arn())
                .rawMessageDelivery(false)
                .deadLetterQueue(queue.deadLetters())
                .build();
        new FileBucket(this, "Media", names.bucket("media"), messaging.fileDays(), key, logs);
        destination(names, installation, messaging, topic, logs);
    }

    DurableQueue queue() {
        return queue;
    }

    /// CloudFormation knows no event destinations.
    private void destination(
            ResourceNames names, Installation installation, EndUserMessaging messaging, Topic topic, LogStore logs) {
        AwsSdkCall call = AwsSdkCall.builder()
                .service("SocialMessaging")
                .action("PutWhatsAppBusinessAccountEventDestinations")
                .parameters(Map.of(
                        "id",
                        messaging.account(),
                        "eventDestinations",
                        List.of(Map.of("eventDestinationArn", topic.getTopicArn()))))
                .physicalResourceId(PhysicalResourceId.of("destination"))
                .build();
        String account = names.arn(
                "social-messaging",
                installation.region(),
                "waba/" + messaging.account().replaceFirst("^waba-", ""));
        AwsCustomResource destination = AwsCustomResource.Builder.create(this, "Destination")
                .onUpdate(call)
                .installLatestAwsSdk(false)
                .logGroup(logs.group(this, "Log", names.logGroup("destination")))
                .policy(AwsCustomResourcePolicy.fromStatements(List.of(PolicyStatement.Builder.create()
                        .actions(List.of("social-messaging:PutWhatsAppBusinessAccountEventDestinations"))
                        .resources(List.of(account))
                        .build())))
                .build();
        destination.getNode().addDependency(topic);
        NagReasons.customResource(destination, "The policy names the WhatsApp business account");
    }
}
