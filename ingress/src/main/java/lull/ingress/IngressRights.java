package lull.ingress;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Permissions in AWS that an ingress needs with its settings: none, unless it reads a queue.
public final class IngressRights {

    /// The settings that decide which permissions are needed.
    public static final List<Setting<?>> SETTINGS = EumSettings.ALL;

    private IngressRights() {}

    /// The permissions of an ingress.
    ///
    /// @param settings of the ingress
    public static List<AwsRight> of(Settings settings, AwsAccount account) {
        return settings.get(EumSettings.QUEUE_URL)
                .map(url -> List.of(new AwsRight(
                        "ReadWebhooks",
                        EnumSet.of(AwsAction.RECEIVE_MESSAGE, AwsAction.DELETE_MESSAGE, AwsAction.GET_QUEUE_ATTRIBUTES),
                        List.of(account.queueArn(URI.create(url), settings.get(EumSettings.QUEUE_REGION))))))
                .orElse(List.of());
    }

    /// The permissions for the calls of `bin/lull doctor`, which checks the queue.
    public static List<AwsRight> ofDoctor(Settings settings, AwsAccount account) {
        return of(settings, account).stream()
                .map(right ->
                        new AwsRight("CheckWebhooks", EnumSet.of(AwsAction.GET_QUEUE_ATTRIBUTES), right.resources()))
                .toList();
    }
}
