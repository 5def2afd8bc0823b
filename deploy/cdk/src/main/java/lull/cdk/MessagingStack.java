package lull.cdk;

import java.util.List;
import java.util.Optional;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Installation.BusinessNumber;
import lull.cdk.installation.ResourceNames;
import lull.cdk.installation.SnsRegions;
import software.amazon.awscdk.Stack;

/// How messages come from AWS: topics, queues and buckets, with one key for all of them.
final class MessagingStack extends Stack {

    private final MessagingKey key;
    private final DurableQueue chats;
    private final Optional<SocialMessages> social;

    MessagingStack(LullStacks.Scope scope, String id, NetworkStack network) {
        super(scope.app(), scope.id(id), scope.props("topics, queues and buckets"));
        Installation installation = scope.installation();
        ResourceNames names = new ResourceNames(installation);
        List<String> regions = installation.numbers().stream()
                .map(BusinessNumber::region)
                .distinct()
                .toList();
        List<String> senders = SnsRegions.senders(installation.region(), regions);
        this.key = new MessagingKey(this, installation, senders);
        List<String> topics = regions.stream().map(names::chatTopicArn).toList();
        this.chats = new DurableQueue(this, "Chats", names.of("chats"), installation, key, topics, senders);
        new ChatTopic(this, installation, installation.region(), key, chats.arn(), chats.deadLetters());
        this.social = installation
                .endUserMessaging()
                .map(messaging -> new SocialMessages(this, installation, messaging, key, network.logs()));
        installation
                .store()
                .ifPresent(store ->
                        new FileBucket(this, "Files", names.bucket("files"), store.days(), key, network.logs()));
        installation
                .keptFiles()
                .ifPresent(kept ->
                        new FileBucket(this, "KeptFiles", names.bucket("kept"), kept.days(), key, network.logs()));
    }

    MessagingKey key() {
        return key;
    }

    /// Returns the queue of chat events.
    DurableQueue chats() {
        return chats;
    }

    /// Returns what receives events of AWS End User Messaging; empty if it is not used.
    Optional<SocialMessages> social() {
        return social;
    }
}
