package lull.cdk.installation;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Names by which Amazon SNS acts when it delivers to a queue of another Region. Source: Amazon SNS Developer Guide,
/// "Sending messages to an Amazon SQS queue in a different Region". Pure.
public final class SnsRegions {

    /// Regions that every account has. All later ones must be enabled, and have a name of their own.
    private static final Set<String> ALWAYS_ENABLED = Set.of(
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2");

    private SnsRegions() {}

    /// Returns the service principals that send to a queue.
    ///
    /// @param topics Regions of the topics
    public static List<String> senders(String queue, Collection<String> topics) {
        Set<String> senders = new TreeSet<>(Set.of("sns.amazonaws.com"));
        for (String topic : topics) {
            if (!topic.equals(queue)) {
                List.of(topic, queue).stream()
                        .filter(SnsRegions::isOptIn)
                        .forEach(region -> senders.add("sns." + region + ".amazonaws.com"));
            }
        }
        return List.copyOf(senders);
    }

    /// Whether SNS delivers from a topic to a queue: not from one Region that must be enabled to another.
    static boolean delivers(String topic, String queue) {
        return topic.equals(queue) || !isOptIn(topic) || !isOptIn(queue);
    }

    private static boolean isOptIn(String region) {
        return !region.startsWith("cn-") && !region.startsWith("us-gov-") && !ALWAYS_ENABLED.contains(region);
    }
}
