package lull.cdk;

import java.util.List;
import java.util.Map;
import lull.cdk.installation.Installation;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Subscription;
import software.amazon.awscdk.services.sns.SubscriptionProtocol;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/// Topic to which Amazon Connect streams the chats of one Region. Only the instances of the
/// installation may publish, and a queue gets everything that they publish.
final class ChatTopic extends Construct {

    /// @param queueArn of the queue of chat events, perhaps in another Region
    /// @param deadLetters for notifications that cannot be delivered, in the Region of the topic
    ChatTopic(
            Construct scope,
            Installation installation,
            String region,
            MessagingKey key,
            String queueArn,
            IQueue deadLetters) {
        super(scope, "ChatTopic");
        ResourceNames names = new ResourceNames(installation);
        Map<String, Object> fromConnect = Map.of(
                "StringEquals", Map.of("aws:SourceAccount", installation.account()),
                "ArnEquals", Map.of("aws:SourceArn", instances(installation, region)));
        Topic topic = Topic.Builder.create(this, "Topic")
                .topicName(names.of("chats"))
                .masterKey(key.key())
                .enforceSsl(true)
                .build();
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("ConnectPublishes")
                .principals(List.of(new ServicePrincipal("connect.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(fromConnect)
                .build());
        key.allow("ConnectPublishes", "connect.amazonaws.com", fromConnect);
        Subscription.Builder.create(this, "ToQueue")
                .topic(topic)
                .protocol(SubscriptionProtocol.SQS)
                .endpoint(queueArn)
                // Lull verifies the signature, which is in the envelope.
                .rawMessageDelivery(false)
                .deadLetterQueue(deadLetters)
                .build();
    }

    private static List<String> instances(Installation installation, String region) {
        ResourceNames names = new ResourceNames(installation);
        return installation.numbers().stream()
                .filter(number -> number.region().equals(region))
                .map(number -> names.arn("connect", region, "instance/" + number.instance()))
                .distinct()
                .toList();
    }
}
