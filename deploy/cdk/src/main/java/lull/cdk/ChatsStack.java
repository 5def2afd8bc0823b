package lull.cdk;

import java.util.List;
import lull.cdk.installation.Installation;
import lull.cdk.installation.ResourceNames;
import lull.cdk.installation.SnsRegions;
import software.amazon.awscdk.Stack;

/// Topic of the chats of another Region, whose notifications go to the queue of the installation.
final class ChatsStack extends Stack {

    ChatsStack(LullStacks.Scope scope, String region, MessagingStack messaging) {
        super(scope.app(), scope.id("chats-" + region), scope.props("topic of the chats of " + region, region));
        Installation installation = scope.installation();
        ResourceNames names = new ResourceNames(installation);
        MessagingKey key = new MessagingKey(this, installation, SnsRegions.senders(region, List.of(region)));
        DeadLetters deadLetters = new DeadLetters(this, "DeadLetters", names.of("chats-dead"), key);
        new ChatTopic(
                this,
                installation,
                region,
                key,
                names.arn("sqs", installation.region(), names.of("chats")),
                deadLetters.queue());
        // The queue must exist before it can be subscribed.
        addStackDependency(messaging);
        alarms(installation, region);
    }

    /// Alarms are in the Region of their metrics.
    private void alarms(Installation installation, String region) {
        LullMetrics metrics = new LullMetrics(installation, installation.name());
        AlarmSheet sheet = new AlarmSheet(this, installation, region);
        sheet.above(
                "queue-chats-dead",
                metrics.queue("chats-dead", "ApproximateNumberOfMessagesVisible"),
                0,
                1,
                "Agents' messages of " + region + " could not be delivered, and are in the dead-letter queue.",
                RunbookPart.REPLIES);
        sheet.above(
                "topic-chats-failed",
                metrics.notDelivered("chats"),
                0,
                1,
                "Agents' messages of " + region + " could not be delivered by the topic.",
                RunbookPart.REPLIES);
    }
}
