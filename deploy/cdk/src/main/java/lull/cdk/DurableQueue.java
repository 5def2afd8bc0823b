package lull.cdk;

import java.util.List;
import java.util.Map;
import lull.cdk.installation.Installation;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/// Queue that keeps the notifications of some topics for 14 days, with its dead-letter queue.
final class DurableQueue extends Construct {

    /// More than twice `bridge.ack.timeout`.
    private static final int VISIBLE_AFTER_SECONDS = 60;

    /// A message whose signature cannot be verified now may be verified later.
    private static final int RECEIVES = 300;

    private final Queue queue;
    private final Queue deadLetters;

    /// @param topics ARNs of the topics that may send
    /// @param senders service principals as which Amazon SNS sends
    DurableQueue(
            Construct scope,
            String id,
            String name,
            Installation installation,
            MessagingKey key,
            List<String> topics,
            List<String> senders) {
        super(scope, id);
        this.deadLetters = new DeadLetters(this, "DeadLetters", name + "-dead", key).queue();
        this.queue = Queue.Builder.create(this, "Queue")
                .queueName(name)
                .encryption(QueueEncryption.KMS)
                .encryptionMasterKey(key.key())
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .visibilityTimeout(Duration.seconds(VISIBLE_AFTER_SECONDS))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(RECEIVES)
                        .build())
                .build();
        queue.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("TopicsSend")
                .principals(senders.stream().map(ServicePrincipal::new).toList())
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(queue.getQueueArn()))
                .conditions(Map.of(
                        "ArnEquals", Map.of("aws:SourceArn", topics),
                        "StringEquals", Map.of("aws:SourceAccount", installation.account())))
                .build());
    }

    String arn() {
        return queue.getQueueArn();
    }

    Queue deadLetters() {
        return deadLetters;
    }
}
