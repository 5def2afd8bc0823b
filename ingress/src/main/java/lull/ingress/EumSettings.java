package lull.ingress;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;

/// The settings of the doors for AWS End User Messaging Social.
final class EumSettings {

    static final Setting<List<String>> TOPIC_ARNS = Formats.SNS_TOPIC.ofEach(Setting.list(
            "eum.topic.arns",
            "",
            "ARNs of the SNS topics, separated by commas, whose notifications are taken at /webhooks/sns; without any that"
                    + " door is closed"));

    static final Setting<Optional<String>> QUEUE_URL = Formats.SQS_QUEUE.ofOptional(Setting.optional(
            "eum.queue.url",
            "Address of an SQS queue that is subscribed to such a topic, raw or not: its messages are taken, and whom"
                    + " it lets send is the queue's policy to say"));

    static final Setting<String> QUEUE_REGION =
            Formats.REGION.of(Setting.text("eum.queue.region", "us-east-1", "The queue's AWS Region"));

    static final Setting<Optional<URI>> QUEUE_ENDPOINT =
            Setting.optionalUri("eum.queue.endpoint", "Amazon SQS's address, where it is not AWS's own");

    static final Setting<String> QUEUE_CREDENTIALS = Formats.CREDENTIALS.of(Setting.text(
            "eum.queue.credentials",
            "default",
            "default: as the AWS SDK finds them; placeholder: made up, for a stand-in that checks none"));

    static final Setting<Integer> QUEUE_POLLERS = Setting.number(
            "eum.queue.pollers", 2, 1, 64, "How many calls wait for messages of the queue; each brings up to ten");

    static final Setting<String> APP = Formats.APP.of(Setting.text(
            "eum.app.name", "eum", "Name of what comes by these doors, as messages carry it in their source"));

    static final Setting<Optional<String>> INPUT = Formats.KAFKA_TOPIC.ofOptional(Setting.optional(
            "eum.input.topic", "The input topic that messages from there are written to; else it is ingress.topic"));

    /// All of them.
    static final List<Setting<?>> ALL =
            List.of(TOPIC_ARNS, QUEUE_URL, QUEUE_REGION, QUEUE_ENDPOINT, QUEUE_CREDENTIALS, QUEUE_POLLERS, APP, INPUT);

    private EumSettings() {}
}
