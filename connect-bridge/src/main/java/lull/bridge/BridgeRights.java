package lull.bridge;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lull.bridge.inbound.ChatOptions;
import lull.bridge.inbound.InboundSettings;
import lull.bridge.inbound.attachments.StoreSettings;
import lull.bridge.inbound.transcripts.TranscriptSettings;
import lull.bridge.outbound.events.EventTransportSettings;
import lull.connect.ConnectRegions;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.queue.QueueOptions;
import lull.runtime.settings.Settings;
import lull.whatsapp.SocialSettings;

/// Rights that a bridge needs in AWS with its settings.
public final class BridgeRights {

    private BridgeRights() {}

    /// Returns the rights of a bridge.
    ///
    /// @param settings of the bridge
    public static List<AwsRight> of(Settings settings, AwsAccount account) {
        List<AwsRight> rights = new ArrayList<>();
        Set<String> instances = new LinkedHashSet<>();
        Set<String> flows = new LinkedHashSet<>();
        ConnectRegions regions = ConnectRegions.of(settings);
        for (ChatOptions chats : InboundSettings.chats(settings)) {
            String instance = instance(chats.instanceId(), regions, account);
            instances.add(instance);
            flows.add(instance + "/contact-flow/" + lastPart(chats.contactFlowId()));
        }
        List<String> contacts =
                instances.stream().map(instance -> instance + "/contact/*").toList();
        rights.add(new AwsRight(
                "StartChats",
                EnumSet.of(AwsAction.START_CHAT_CONTACT),
                Stream.of(instances, flows, contacts)
                        .flatMap(Collection::stream)
                        .toList()));
        rights.add(new AwsRight(
                "FollowChats",
                EnumSet.of(AwsAction.START_CONTACT_STREAMING, AwsAction.DESCRIBE_CONTACT),
                Stream.of(instances, contacts).flatMap(Collection::stream).toList()));
        EventTransportSettings.queue(settings).ifPresent(queue -> rights.add(queue(queue, account)));
        rights.addAll(StoreSettings.rights(settings, account));
        rights.addAll(SocialSettings.rights(settings, account));
        if (settings.get(TranscriptSettings.ENABLED)) {
            // Amazon Transcribe has no resources that a policy could name.
            rights.add(new AwsRight(
                    "TranscribeVoiceNotes", EnumSet.of(AwsAction.START_STREAM_TRANSCRIPTION), List.of("*")));
        }
        return rights;
    }

    /// Returns the rights for the calls that `bin/lull doctor` makes in addition, to check instances
    /// and flows.
    public static List<AwsRight> ofDoctor(Settings settings, AwsAccount account) {
        Set<String> instances = new LinkedHashSet<>();
        Set<String> flows = new LinkedHashSet<>();
        Set<String> contacts = new LinkedHashSet<>();
        ConnectRegions regions = ConnectRegions.of(settings);
        for (ChatOptions chats : InboundSettings.chats(settings)) {
            String instance = instance(chats.instanceId(), regions, account);
            instances.add(instance);
            flows.add(instance + "/contact-flow/" + lastPart(chats.contactFlowId()));
            contacts.add(instance + "/contact/*");
        }
        List<AwsRight> rights = new ArrayList<>(List.of(
                new AwsRight("CheckInstances", EnumSet.of(AwsAction.DESCRIBE_INSTANCE), List.copyOf(instances)),
                new AwsRight("CheckFlows", EnumSet.of(AwsAction.DESCRIBE_CONTACT_FLOW), List.copyOf(flows)),
                new AwsRight("CheckAccess", EnumSet.of(AwsAction.DESCRIBE_CONTACT), List.copyOf(contacts))));
        EventTransportSettings.queue(settings)
                .ifPresent(queue -> rights.add(new AwsRight(
                        "CheckChatEvents",
                        EnumSet.of(AwsAction.GET_QUEUE_ATTRIBUTES),
                        List.of(account.queueArn(URI.create(queue.url()), queue.region())))));
        return rights;
    }

    private static AwsRight queue(QueueOptions queue, AwsAccount account) {
        return new AwsRight(
                "ReadChatEvents",
                EnumSet.of(AwsAction.RECEIVE_MESSAGE, AwsAction.DELETE_MESSAGE, AwsAction.GET_QUEUE_ATTRIBUTES),
                List.of(account.queueArn(URI.create(queue.url()), queue.region())));
    }

    private static String instance(String id, ConnectRegions regions, AwsAccount account) {
        return id.startsWith("arn:") ? id : account.arn("connect", regions.of(id), "instance/" + id);
    }

    /// Returns the last part of an id, which may be given as an ARN.
    private static String lastPart(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
