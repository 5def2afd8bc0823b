package lull.ingress;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lull.ingress.reply.ReplySettings;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Permissions in AWS that an ingress needs with its settings: none, unless it reads queues.
public final class IngressRights {

    /// The settings that decide which permissions are needed.
    public static final List<Setting<?>> SETTINGS =
            Stream.concat(EumSettings.ALL.stream(), ReplySettings.ALL.stream()).toList();

    private IngressRights() {}

    /// The permissions of an ingress.
    ///
    /// @param settings of the ingress
    public static List<AwsRight> of(Settings settings, AwsAccount account) {
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
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<AwsRight> ofQueue(String id, Optional<String> url, String region, AwsAccount account) {
        return url.map(queue -> new AwsRight(
                id,
                EnumSet.of(AwsAction.RECEIVE_MESSAGE, AwsAction.DELETE_MESSAGE, AwsAction.GET_QUEUE_ATTRIBUTES),
                List.of(account.queueArn(URI.create(queue), region))));
    }

    /// The permissions for the calls of `bin/lull doctor`, which checks the queues.
    public static List<AwsRight> ofDoctor(Settings settings, AwsAccount account) {
        return of(settings, account).stream()
                .map(right -> new AwsRight(
                        right.purpose().replace("Read", "Check"),
                        EnumSet.of(AwsAction.GET_QUEUE_ATTRIBUTES),
                        right.resources()))
                .toList();
    }
}
