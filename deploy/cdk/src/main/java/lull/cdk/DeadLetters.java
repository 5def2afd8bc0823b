package lull.cdk;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/// Dead-letter queue: what could not be delivered or handled, for 14 days.
final class DeadLetters extends Construct {

    private final Queue queue;

    DeadLetters(Construct scope, String id, String name, MessagingKey key) {
        super(scope, id);
        this.queue = Queue.Builder.create(this, "Queue")
                .queueName(name)
                .encryption(QueueEncryption.KMS)
                .encryptionMasterKey(key.key())
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        NagReasons.subscriptionQueue(queue);
    }

    Queue queue() {
        return queue;
    }
}
