package lull.ingress;

import java.util.List;
import lull.runtime.CheckResult;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.queue.AwsQueueCheck;
import lull.runtime.settings.Settings;

/// Check of the queue that the ingress reads, by calls that change nothing.
public final class IngressCheck {

    private IngressCheck() {}

    /// Asks SQS for the queue of AWS End User Messaging, if one is configured.
    ///
    /// @param settings of the ingress
    public static List<CheckResult> of(Settings settings) {
        return IngressService.queue(settings)
                .map(queue -> AwsQueueCheck.of(
                        queue, settings.get(EumSettings.TOPIC_ARNS), settings.get(TopicSettings.ACK_TIMEOUT)))
                .orElse(List.of());
    }
}
