package lull.ingress;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// What an ingress may do in AWS, and needs, with its settings: nothing, unless it reads a queue.
public final class IngressRights {

    /// The settings that decide.
    public static final List<Setting<?>> SETTINGS = EumSettings.ALL;

    private IngressRights() {}

    /// The rights of an ingress.
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

    /// What `bin/lull doctor` calls to check the queue.
    public static List<AwsRight> ofDoctor(Settings settings, AwsAccount account) {
        return of(settings, account).stream()
                .map(right ->
                        new AwsRight("CheckWebhooks", EnumSet.of(AwsAction.GET_QUEUE_ATTRIBUTES), right.resources()))
                .toList();
    }
}
