package lull.ingress;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lull.ingress.action.ActionSettings;
import lull.ingress.reply.FileSettings;
import lull.ingress.reply.ReplySettings;
import lull.media.MediaStoreSettings;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.aws.AwsSettings;
import lull.runtime.queue.SubscriptionRights;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppSettings;

/// Permissions in AWS that an ingress needs with its settings: none, unless it reads queues or uploads files.
public final class IngressRights {

    private static final List<List<Setting<?>>> DECIDING = List.of(
            EumSettings.ALL,
            ReplySettings.ALL,
            FileSettings.ALL,
            ActionSettings.ALL,
            NumberSettings.ALL,
            AwsSettings.ALL,
            WhatsAppSettings.ALL,
            SocialSettings.ALL,
            MediaStoreSettings.ALL);

    private IngressRights() {}

    /// Returns the settings that decide which permissions are needed.
    ///
    /// @param businessNumbers that have settings of their own
    public static List<Setting<?>> settings(List<String> businessNumbers) {
        return Stream.concat(
                        DECIDING.stream().flatMap(List::stream),
                        businessNumbers.stream().flatMap(IngressRights::ofNumber))
                .toList();
    }

    private static Stream<Setting<?>> ofNumber(String number) {
        return Stream.of(WhatsAppSettings.OF_NUMBERS, SocialSettings.OF_NUMBERS, AwsSettings.OF_NUMBERS)
                .<Setting<?>>flatMap(List::stream)
                .map(setting -> setting.forNumber(number));
    }

    /// The permissions of an ingress.
    ///
    /// @param settings of the ingress
    public static List<AwsRight> of(Settings settings, AwsAccount account) {
        boolean hasFiles = FileSettings.isOn(settings);
        boolean acts = ActionSettings.isOn(settings);
        List<AwsRight> rights = new ArrayList<>(ofQueues(settings, account).toList());
        if (hasFiles) {
            rights.addAll(SocialSettings.uploadRights(settings, account));
            rights.addAll(MediaStoreSettings.keepingRights(settings, account));
        }
        if (acts) {
            rights.addAll(SocialSettings.actionRights(settings, account));
        }
        if (hasFiles || acts) {
            rights.addAll(AwsSettings.rights(settings));
        }
        return List.copyOf(rights);
    }

    private static Stream<AwsRight> ofQueues(Settings settings, AwsAccount account) {
        return Stream.of(
                        ofQueue(
                                "ReadWebhooks",
                                settings.get(EumSettings.QUEUE_URL),
                                settings.get(EumSettings.QUEUE_REGION),
                                account),
                        ofQueue(
                                "ReadReplies",
                                settings.get(ReplySettings.QUEUE_URL),
                                settings.get(ReplySettings.QUEUE_REGION),
                                account))
                .flatMap(Optional::stream);
    }

    private static Optional<AwsRight> ofQueue(String id, Optional<String> url, String region, AwsAccount account) {
        return url.map(queue -> new AwsRight(
                id,
                EnumSet.of(AwsAction.RECEIVE_MESSAGE, AwsAction.DELETE_MESSAGE, AwsAction.GET_QUEUE_ATTRIBUTES),
                List.of(account.queueArn(URI.create(queue), region))));
    }

    /// The permissions for the calls of `bin/lull doctor`, which checks the queues.
    public static List<AwsRight> ofDoctor(Settings settings, AwsAccount account) {
        return Stream.concat(
                        ofQueues(settings, account)
                                .map(right -> new AwsRight(
                                        right.purpose().replace("Read", "Check"),
                                        EnumSet.of(AwsAction.GET_QUEUE_ATTRIBUTES),
                                        right.resources())),
                        settings.get(EumSettings.QUEUE_URL).stream()
                                .flatMap(_ ->
                                        SubscriptionRights.of("Webhooks", settings.get(EumSettings.TOPIC_ARNS))
                                                .stream()))
                .toList();
    }
}
