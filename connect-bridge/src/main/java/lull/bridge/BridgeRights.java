package lull.bridge;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lull.bridge.inbound.ChatOptions;
import lull.bridge.inbound.InboundSettings;
import lull.bridge.inbound.attachments.StoreSettings;
import lull.bridge.outbound.events.EventTransportSettings;
import lull.connect.ConnectRegions;
import lull.connect.ConnectSettings;
import lull.media.MediaStoreSettings;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsIdentity;
import lull.runtime.aws.AwsRight;
import lull.runtime.aws.AwsSettings;
import lull.runtime.queue.SubscriptionRights;
import lull.runtime.settings.Settings;
import lull.voice.TranscriberSettings;
import lull.whatsapp.SocialSettings;

/// Rights that a bridge needs in AWS with its settings.
public final class BridgeRights {

    private BridgeRights() {}

    /// Returns the rights of a bridge.
    ///
    /// @param settings of the bridge
    public static List<AwsRight> of(Settings settings, AwsAccount account) {
        ChatResources chats = ChatResources.of(settings, account);
        List<AwsRight> rights = new ArrayList<>();
        if (!chats.instances().isEmpty()) {
            rights.addAll(ofChats(chats));
            if (InboundSettings.hasTimers(settings)) {
                rights.add(new AwsRight(
                        "SetTimers", EnumSet.of(AwsAction.UPDATE_PARTICIPANT_ROLE_CONFIG), chats.contacts()));
            }
        }
        rights.addAll(AwsSettings.rights(settings));
        queue(settings, account)
                .ifPresent(queue -> rights.add(new AwsRight(
                        "ReadChatEvents",
                        EnumSet.of(AwsAction.RECEIVE_MESSAGE, AwsAction.DELETE_MESSAGE, AwsAction.GET_QUEUE_ATTRIBUTES),
                        List.of(queue))));
        rights.addAll(StoreSettings.rights(settings, account));
        rights.addAll(MediaStoreSettings.keepingRights(settings, account));
        rights.addAll(SocialSettings.rights(settings, account));
        rights.addAll(TranscriberSettings.rights(settings));
        return rights;
    }

    private static List<AwsRight> ofChats(ChatResources chats) {
        return List.of(
                new AwsRight(
                        "StartChats",
                        EnumSet.of(AwsAction.START_CHAT_CONTACT),
                        Stream.of(chats.instances(), chats.flows(), chats.contacts())
                                .flatMap(List::stream)
                                .toList()),
                new AwsRight(
                        "FollowChats",
                        EnumSet.of(
                                AwsAction.START_CONTACT_STREAMING,
                                AwsAction.DESCRIBE_CONTACT,
                                AwsAction.UPDATE_CONTACT_ATTRIBUTES),
                        Stream.of(chats.instances(), chats.contacts())
                                .flatMap(List::stream)
                                .toList()));
    }

    /// Returns the rights for the calls that `bin/lull doctor` makes in addition, to check instances
    /// and flows.
    public static List<AwsRight> ofDoctor(Settings settings, AwsAccount account) {
        ChatResources chats = ChatResources.of(settings, account);
        List<AwsRight> rights = new ArrayList<>();
        if (!chats.instances().isEmpty()) {
            rights.add(new AwsRight("CheckInstances", EnumSet.of(AwsAction.DESCRIBE_INSTANCE), chats.instances()));
            rights.add(new AwsRight("CheckFlows", EnumSet.of(AwsAction.DESCRIBE_CONTACT_FLOW), chats.flows()));
            rights.add(new AwsRight("CheckAccess", EnumSet.of(AwsAction.DESCRIBE_CONTACT), chats.contacts()));
        }
        rights.addAll(AwsSettings.rights(settings));
        queue(settings, account).ifPresent(queue -> {
            rights.add(new AwsRight("CheckChatEvents", EnumSet.of(AwsAction.GET_QUEUE_ATTRIBUTES), List.of(queue)));
            rights.addAll(SubscriptionRights.of("ChatEvents", List.copyOf(ConnectSettings.topics(settings))));
        });
        return rights;
    }

    /// Returns the ARN of the queue of chat events, if one is read.
    private static Optional<String> queue(Settings settings, AwsAccount account) {
        return EventTransportSettings.queue(settings)
                .map(queue -> account.queueArn(URI.create(queue.url()), queue.region()));
    }

    /// Resources of Amazon Connect that the settings name, as ARNs.
    private record ChatResources(List<String> instances, List<String> flows, List<String> contacts) {
        static ChatResources of(Settings settings, AwsAccount account) {
            ConnectRegions regions = ConnectRegions.of(settings);
            Set<String> instances = new LinkedHashSet<>();
            Set<String> flows = new LinkedHashSet<>();
            for (ChatOptions chats : InboundSettings.chats(settings)) {
                String id = chats.instanceId();
                if (regions.identityOf(id).filter(AwsIdentity::isOther).isPresent()) {
                    continue;
                }
                String instance = id.startsWith("arn:") ? id : account.arn("connect", regions.of(id), "instance/" + id);
                instances.add(instance);
                flows.add(instance + "/contact-flow/" + lastPart(chats.contactFlowId()));
            }
            return new ChatResources(
                    List.copyOf(instances),
                    List.copyOf(flows),
                    instances.stream().map(instance -> instance + "/contact/*").toList());
        }
    }

    /// Returns the last part of an id, which may be given as an ARN.
    private static String lastPart(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
