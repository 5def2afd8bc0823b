package lull.ingress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.ingress.reply.ReplySettings;
import lull.runtime.CheckResult;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.queue.AwsQueueCheck;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsSettings;

/// Check of the queues that the ingress reads, by calls that change nothing.
public final class IngressCheck {

    private IngressCheck() {}

    /// Asks SQS for the queue of AWS End User Messaging and for that of replies, if they are configured.
    ///
    /// @param settings of the ingress
    public static List<CheckResult> of(Settings settings) {
        Duration held = settings.get(TopicSettings.ACK_TIMEOUT);
        List<CheckResult> results = new ArrayList<>();
        IngressService.queue(settings)
                .map(queue -> AwsQueueCheck.of(
                        queue, settings.get(EumSettings.TOPIC_ARNS), settings.get(SnsSettings.ENDPOINT), held))
                .ifPresent(results::addAll);
        ReplySettings.queue(settings)
                .map(queue -> AwsQueueCheck.of(queue, List.of(), Optional.empty(), held))
                .ifPresent(results::addAll);
        return results;
    }
}
